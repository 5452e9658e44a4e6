package com.banqup.invitations.api.batch.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.zip.CRC32C;

import com.banqup.invitations.api.batch.BatchProgress;
import com.banqup.invitations.api.batch.BatchProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.stereotype.Component;

/**
 * Progress as Server-Sent Events. The id of an event says what is in it, so that whoever
 * comes back is not told again what it knows. All streams end when the service stops.
 */
@Component
class ProgressStream implements ApplicationListener<ContextClosedEvent> {

	private final Sinks.Empty<Void> stopping = Sinks.empty();

	private final Duration heartbeat;

	private final Duration longest;

	ProgressStream(BatchProperties properties) {
		this.heartbeat = properties.progressHeartbeat();
		this.longest = properties.progressLongest();
	}

	/**
	 * The events, with comments in between while nothing happens. Ends after the final
	 * state, or after a time: whoever still wants to know comes back. Hardly any are held
	 * for callers who do not take them.
	 * @param lastEventId the last one that the caller has, null for none
	 */
	Flux<ServerSentEvent<BatchView>> events(Flux<BatchProgress> progress, @Nullable String lastEventId) {
		Flux<ServerSentEvent<BatchView>> events = progress
			.filter((each) -> !id(each).equals(lastEventId) || !each.batch().state().isOpen())
			.map(ProgressStream::event);
		return events
			.publish((shared) -> Flux.merge(1, shared, heartbeats().takeUntilOther(shared.ignoreElements())), 1)
			.take(this.longest)
			.takeUntilOther(this.stopping.asMono());
	}

	@Override
	public void onApplicationEvent(ContextClosedEvent event) {
		this.stopping.tryEmitEmpty();
	}

	private Flux<ServerSentEvent<BatchView>> heartbeats() {
		return Flux.interval(this.heartbeat)
			.onBackpressureDrop()
			.map((tick) -> ServerSentEvent.<BatchView>builder().comment("").build());
	}

	private static ServerSentEvent<BatchView> event(BatchProgress progress) {
		return ServerSentEvent.<BatchView>builder()
			.event("progress")
			.id(id(progress))
			.data(BatchView.of(progress))
			.build();
	}

	static String id(BatchProgress progress) {
		CRC32C checksum = new CRC32C();
		checksum.update((progress.batch() + " " + progress.counts()).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}

}
