package com.banqup.invitations.acceptance.page;

import java.util.regex.Pattern;

import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.RecordProgress;
import com.banqup.invitations.acceptance.login.LoginOutcome;
import com.banqup.invitations.acceptance.login.LoginTarget;
import com.banqup.invitations.acceptance.login.ProviderUnavailable;
import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Leads back from the identity provider to the very invitation that was left for it. */
@Component
class LoginPages implements LoginOutcome {

	private static final Logger log = LoggerFactory.getLogger(LoginPages.class);

	private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

	private final RecordProgress recordProgress;

	private final LinkKeys keys;

	private final PageWriter pages;

	private final PageProperties properties;

	LoginPages(RecordProgress recordProgress, LinkKeys keys, PageWriter pages, PageProperties properties) {
		this.recordProgress = recordProgress;
		this.keys = keys;
		this.pages = pages;
		this.properties = properties;
	}

	@Override
	public Mono<Void> succeeded(ServerWebExchange exchange, LoginTarget target) {
		return this.recordProgress.record(target.link(), ProgressStep.SIGNED_IN)
			.then(Mono.defer(() -> toSpaces(exchange, target)));
	}

	private Mono<Void> toSpaces(ServerWebExchange exchange, LoginTarget target) {
		return this.pages.write(exchange, spaces(target));
	}

	/** Where somebody who signed in for this goes on. */
	Page spaces(LoginTarget target) {
		return Page.seeOther(chosen(path(target).space(), target));
	}

	/** Where somebody who wanted to sign in for this came from. */
	String landing(LoginTarget target) {
		return chosen(path(target).landing(), target);
	}

	/** The link's text is made again: it was stored nowhere. */
	private InvitationPath path(LoginTarget target) {
		return new InvitationPath(this.keys.tokenFor(target.link()));
	}

	private static String chosen(String path, LoginTarget target) {
		InviteeLanguage language = target.language();
		return (language != null) ? LanguageParameter.append(path, language) : path;
	}

	@Override
	public Mono<Void> failed(ServerWebExchange exchange, @Nullable LoginTarget target, RuntimeException reason) {
		if (reason instanceof ProviderUnavailable) {
			log.warn("Signing in failed: {}", reason.getMessage());
			return this.pages.write(exchange, unavailable(target));
		}
		log.info("Signing in failed: {}", code(reason));
		if (target == null) {
			return this.pages.write(exchange, notSignedIn(null));
		}
		// Who reloads the provider's answer is signed in already.
		return SignedIn.current()
			.flatMap((signedIn) -> toSpaces(exchange, target).thenReturn(true))
			.switchIfEmpty(Mono.defer(() -> this.pages.write(exchange, notSignedIn(target)).thenReturn(false)))
			.then();
	}

	/**
	 * Anybody can write anything into the provider's answer, so only codes are logged.
	 */
	private static String code(RuntimeException reason) {
		return (reason instanceof OAuth2AuthenticationException answer
				&& CODE.matcher(answer.getError().getErrorCode()).matches()) ? answer.getError().getErrorCode()
						: reason.getClass().getSimpleName();
	}

	private Page unavailable(@Nullable LoginTarget target) {
		NoticeView notice = NoticeView.of("state.provider-down", Tone.WAITING).saying();
		return Page.shown(HttpStatus.SERVICE_UNAVAILABLE, (target != null) ? notice.leadingTo(landing(target)) : notice)
			.retryAfter(this.properties.retryAfter());
	}

	private Page notSignedIn(@Nullable LoginTarget target) {
		NoticeView notice = NoticeView.of("state.sign-in-failed", Tone.PLAIN).saying();
		return (target != null)
				? Page.shown(HttpStatus.BAD_REQUEST, notice.leadingTo(landing(target))).in(target.language())
				: Page.shown(HttpStatus.BAD_REQUEST, notice.advising("state.sign-in-failed.action.no-link"));
	}

}
