package com.banqup.invitations.api;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.Wrapped;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

import org.springframework.boot.r2dbc.ConnectionFactoryDecorator;

/** The statements of each transaction that was committed. */
public final class RecordedTransactions implements ConnectionFactoryDecorator {

	private final Queue<List<String>> committed = new ConcurrentLinkedQueue<>();

	@Override
	public ConnectionFactory decorate(ConnectionFactory delegate) {
		return new Recording(delegate);
	}

	/** The statements of the last transaction with this text in one of them. */
	public List<String> last(String text) {
		return this.committed.stream()
			.filter((statements) -> statements.stream().anyMatch((statement) -> statement.contains(text)))
			.reduce((earlier, later) -> later)
			.orElseThrow();
	}

	private Connection recording(Connection connection) {
		List<String> statements = new ArrayList<>();
		return (Connection) Proxy.newProxyInstance(Connection.class.getClassLoader(),
				new Class<?>[] { Connection.class }, (proxy, method, arguments) -> {
					switch (method.getName()) {
						case "beginTransaction" -> statements.clear();
						case "createStatement" -> statements.add((String) arguments[0]);
						case "commitTransaction" -> this.committed.add(List.copyOf(statements));
						default -> {
						}
					}
					return call(connection, method, arguments);
				});
	}

	private static Object call(Connection connection, Method method, Object[] arguments) throws Throwable {
		try {
			return method.invoke(connection, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private final class Recording implements ConnectionFactory, Wrapped<ConnectionFactory> {

		private final ConnectionFactory delegate;

		private Recording(ConnectionFactory delegate) {
			this.delegate = delegate;
		}

		@Override
		public Publisher<? extends Connection> create() {
			return Mono.from(this.delegate.create()).map(RecordedTransactions.this::recording);
		}

		@Override
		public ConnectionFactoryMetadata getMetadata() {
			return this.delegate.getMetadata();
		}

		@Override
		public ConnectionFactory unwrap() {
			return this.delegate;
		}

	}

}
