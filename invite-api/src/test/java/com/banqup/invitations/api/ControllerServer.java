package com.banqup.invitations.api;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.UnaryOperator;

import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.DelegatingWebFluxConfiguration;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** A server with a few controllers and nothing else, to talk to on a real socket. */
public final class ControllerServer implements AutoCloseable {

	private final GenericApplicationContext context;

	private final DisposableServer server;

	private ControllerServer(GenericApplicationContext context, DisposableServer server) {
		this.context = context;
		this.server = server;
	}

	/** A server with these controllers and advices. */
	public static ControllerServer of(UnaryOperator<HttpServer> settings, Object... beans) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.register(DelegatingWebFluxConfiguration.class);
		for (Object bean : beans) {
			registerBean(context, bean);
		}
		context.refresh();
		ReactorHttpHandlerAdapter handler = new ReactorHttpHandlerAdapter(
				WebHttpHandlerBuilder.applicationContext(context).build());
		return new ControllerServer(context,
				settings.apply(HttpServer.create().host("127.0.0.1").port(0)).handle(handler).bindNow());
	}

	@SuppressWarnings("unchecked")
	private static <T> void registerBean(GenericApplicationContext context, T bean) {
		context.registerBean((Class<T>) bean.getClass(), () -> bean);
	}

	/** A connection with little room for answers. */
	public Socket connect() throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4_096);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.server.port()));
		return socket;
	}

	@Override
	public void close() {
		this.server.disposeNow();
		this.context.close();
	}

}
