package com.banqup.invitations.acceptance;

import java.util.Optional;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;
import org.reactivestreams.Publisher;

import org.springframework.context.SmartLifecycle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.banqup.invitations.acceptance", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] FEATURES = { "com.banqup.invitations.acceptance.account",
			"com.banqup.invitations.acceptance.businessspace", "com.banqup.invitations.acceptance.consent",
			"com.banqup.invitations.acceptance.invitation", "com.banqup.invitations.acceptance.link" };

	@ArchTest
	static final ArchRule FEATURES_KNOW_NO_ADAPTERS = noClasses().that()
		.resideInAnyPackage(FEATURES)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.banqup.invitations.acceptance..web..", "com.banqup.invitations.acceptance..r2dbc..",
				"com.banqup.invitations.acceptance..kafka..", "com.banqup.invitations.acceptance.page..",
				"com.banqup.invitations.acceptance.login..", "com.banqup.invitations.acceptance.session..");

	@ArchTest
	static final ArchRule FEATURES_KNOW_NO_TECHNOLOGY = noClasses().that()
		.resideInAnyPackage(FEATURES)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework.web..", "org.springframework.http..", "org.springframework.security..",
				"org.springframework.r2dbc..", "org.springframework.kafka..", "io.r2dbc..", "org.apache.kafka..",
				"org.apache.avro..", "com.banqup.invitations.outbox..");

	@ArchTest
	static final ArchRule AVRO_STOPS_AT_KAFKA = noClasses().that()
		.resideOutsideOfPackage("..kafka..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.banqup.invitations.events..", "com.banqup.invitations.requests..");

	@ArchTest
	static final ArchRule FEATURES_FORM_NO_CYCLES = slices().matching("com.banqup.invitations.acceptance.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule ONLY_THE_KAFKA_LISTENER_WAITS = noClasses().that()
		.resideOutsideOfPackage("com.banqup.invitations.acceptance.invitation.kafka")
		.should()
		.callMethodWhere(ofReactor("waits for a publisher", "block", "blockOptional", "blockFirst", "blockLast",
				"toIterable", "toStream", "toFuture"));

	@ArchTest
	static final ArchRule NOTHING_CARRIES_ON_AFTER_AN_ERROR = noClasses().should()
		.callMethodWhere(ofReactor("swallows errors", "onErrorContinue"));

	@ArchTest
	static final ArchRule ONLY_LIFECYCLES_SUBSCRIBE = noClasses().that()
		.areNotAssignableTo(SmartLifecycle.class)
		.should()
		.callMethodWhere(ofReactor("subscribes", "subscribe"));

	@ArchTest
	static final ArchRule PACKAGES_SAY_WHAT_MAY_BE_NULL = classes().should(new ArchCondition<>("be null-marked") {
		@Override
		public void check(JavaClass item, ConditionEvents events) {
			Optional<?> marked = item.getPackage().tryGetAnnotationOfType(NullMarked.class);
			boolean generated = item.getPackageName().startsWith("gg.jte");
			if (marked.isEmpty() && !generated) {
				events
					.add(SimpleConditionEvent.violated(item, item.getName() + " is in a package without @NullMarked"));
			}
		}
	});

	private static DescribedPredicate<JavaMethodCall> ofReactor(String description, String... methods) {
		return new DescribedPredicate<>(description) {
			@Override
			public boolean test(JavaMethodCall call) {
				return isOfPublisher(call) && Set.of(methods).contains(call.getTarget().getName());
			}
		};
	}

	private static boolean isOfPublisher(JavaAccess<?> call) {
		return call.getTargetOwner().isAssignableTo(Publisher.class)
				&& call.getTargetOwner().getPackageName().equals("reactor.core.publisher");
	}

}
