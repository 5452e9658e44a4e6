package com.banqup.invitations.dispatch.mail.smtp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import com.hubspot.smtp.client.Utf8SmtpResponseDecoder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.smtp.SmtpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sits in a connection's pipeline and keeps what the client library forgets: how many
 * replies came, the goodbye that came before the end, and that the connection is closed.
 * The library waits out its time limit when a connection closes in the instant before a
 * command is written, drops the replies it has when one closes half-way, and logs replies
 * that nobody asked for, with whatever addresses they hold.
 */
final class ReplyLog extends ChannelInboundHandlerAdapter {

	private final AtomicReference<@Nullable CompletableFuture<?>> waiting = new AtomicReference<>();

	private volatile int count;

	private volatile @Nullable Reply goodbye;

	private volatile boolean closed;

	/** The library adds handlers in front only: moves behind its decoder. */
	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		ChannelHandlerContext decoder = ctx.pipeline().context(Utf8SmtpResponseDecoder.class);
		if (decoder != null && ctx.pipeline().first() == this) {
			ctx.pipeline().remove(this);
			ctx.pipeline().addAfter(decoder.name(), null, this);
		}
	}

	@Override
	public boolean isSharable() {
		return true;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (message instanceof SmtpResponse response) {
			boolean unasked = this.count > 0 && this.waiting.get() == null;
			this.count++;
			if (response.code() == 421) {
				this.goodbye = Reply.of(response);
			}
			if (unasked) {
				return;
			}
		}
		ctx.fireChannelRead(message);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.closed = true;
		CompletableFuture<?> future = this.waiting.getAndSet(null);
		if (future != null) {
			future.completeExceptionally(new ConnectionClosed());
		}
		ctx.fireChannelInactive();
	}

	boolean isClosed() {
		return this.closed || this.goodbye != null;
	}

	/** Replies since the connection was opened. */
	int count() {
		return this.count;
	}

	/** The relay's announcement that it closes the connection. */
	@Nullable Reply goodbye() {
		return this.goodbye;
	}

	/** Runs the exchange; its future fails as soon as the connection is closed. */
	<T> CompletableFuture<T> failWhenClosed(Supplier<CompletableFuture<T>> exchange) {
		CompletableFuture<T> result = new CompletableFuture<>();
		this.waiting.set(result);
		if (this.closed) {
			result.completeExceptionally(new ConnectionClosed());
			return result;
		}
		exchange.get().whenComplete((value, ex) -> {
			this.waiting.compareAndSet(result, null);
			if (ex != null) {
				result.completeExceptionally(ex);
			}
			else {
				result.complete(value);
			}
		});
		return result;
	}

	/** The connection is closed. */
	static final class ConnectionClosed extends RuntimeException {

		ConnectionClosed() {
			super("connection closed", null, false, false);
		}

	}

}
