package com.banqup.invitations.dispatch.delivery.r2dbc;

import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.delivery.DeliveryEvents;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The ledger in PostgreSQL. */
@Configuration(proxyBeanMethods = false)
class R2dbcDeliveryConfiguration {

	@Bean
	R2dbcDeliveries deliveries(DatabaseClient database, ReactiveTransactionManager transactionManager,
			DeliveryEvents events, DeadLetters deadLetters) {
		return new R2dbcDeliveries(database, TransactionalOperator.create(transactionManager), events, deadLetters);
	}

}
