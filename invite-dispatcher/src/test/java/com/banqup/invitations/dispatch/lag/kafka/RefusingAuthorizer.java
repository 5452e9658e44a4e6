package com.banqup.invitations.dispatch.lag.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.apache.kafka.common.Endpoint;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.server.authorizer.AclCreateResult;
import org.apache.kafka.server.authorizer.AclDeleteResult;
import org.apache.kafka.server.authorizer.Action;
import org.apache.kafka.server.authorizer.AuthorizableRequestContext;
import org.apache.kafka.server.authorizer.AuthorizationResult;
import org.apache.kafka.server.authorizer.Authorizer;
import org.apache.kafka.server.authorizer.AuthorizerServerInfo;
import org.jspecify.annotations.NullUnmarked;

/** Lets everybody do everything, except what a test refuses. The broker makes it. */
@NullUnmarked
public final class RefusingAuthorizer implements Authorizer {

	private static final Set<Refusal> refusals = ConcurrentHashMap.newKeySet();

	static void refuse(AclOperation operation, ResourceType type, String name) {
		refusals.add(new Refusal(operation, type, name));
	}

	static void refuseNothing() {
		refusals.clear();
	}

	@Override
	public List<AuthorizationResult> authorize(AuthorizableRequestContext context, List<Action> actions) {
		return actions.stream()
			.map((action) -> new Refusal(action.operation(), action.resourcePattern().resourceType(),
					action.resourcePattern().name()))
			.map((action) -> refusals.contains(action) ? AuthorizationResult.DENIED : AuthorizationResult.ALLOWED)
			.toList();
	}

	@Override
	public Map<Endpoint, ? extends CompletionStage<Void>> start(AuthorizerServerInfo server) {
		Collection<Endpoint> endpoints = server.endpoints();
		return endpoints.stream()
			.collect(Collectors.toMap((endpoint) -> endpoint, (endpoint) -> CompletableFuture.completedFuture(null)));
	}

	@Override
	public void configure(Map<String, ?> settings) {
	}

	@Override
	public List<? extends CompletionStage<AclCreateResult>> createAcls(AuthorizableRequestContext context,
			List<AclBinding> bindings) {
		throw new UnsupportedOperationException();
	}

	@Override
	public List<? extends CompletionStage<AclDeleteResult>> deleteAcls(AuthorizableRequestContext context,
			List<AclBindingFilter> filters) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Iterable<AclBinding> acls(AclBindingFilter filter) {
		return List.of();
	}

	@Override
	public void close() {
	}

	private record Refusal(AclOperation operation, ResourceType type, String name) {
	}

}
