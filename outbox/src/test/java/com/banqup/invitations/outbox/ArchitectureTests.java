package com.banqup.invitations.outbox;

import java.util.Set;

import com.banqup.invitations.outbox.database.AboutTheData;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.kafka.clients.producer.Producer;
import org.reactivestreams.Publisher;

import org.springframework.context.SmartLifecycle;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

@AnalyzeClasses(packages = "com.banqup.invitations.outbox", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule servicesSeeTheOutboxItsMessagesItsSettingsAndTheDatabasesRefusalsOnly = classes().that()
		.areTopLevelClasses()
		.and()
		.doNotBelongToAnyOf(Outbox.class, OutboxMessage.class, OutboxProperties.class, AboutTheData.class)
		.should()
		.notBePublic();

	/**
	 * StoredSchemas, a SmartLifecycle, waits once: on the main thread, at start-up, as no
	 * row may be appended before its schema can be found.
	 */
	@ArchTest
	static final ArchRule nobodyBlocksButTheStartThatStoresSchemas = noClasses().that()
		.doNotBelongToAnyOf(StoredSchemas.class)
		.should()
		.callMethodWhere(
				ofPublisher("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream", "toFuture"));

	@ArchTest
	static final ArchRule schemasAreStoredByALifecycle = classes().that()
		.areAssignableTo(StoredSchemas.class)
		.should()
		.beAssignableTo(SmartLifecycle.class);

	@ArchTest
	static final ArchRule onlyLifecyclesSubscribe = noClasses().that()
		.areNotAssignableTo(SmartLifecycle.class)
		.should()
		.callMethodWhere(ofPublisher("subscribe"));

	@ArchTest
	static final ArchRule nobodyContinuesOnErrors = noClasses().should()
		.callMethodWhere(ofPublisher("onErrorContinue"));

	/** Kafka's client blocks: it stays on the topics' own threads. */
	@ArchTest
	static final ArchRule onlyThePublisherTalksToKafka = noClasses()
		.that(DescribedPredicate.not(belongToAnyOf(TopicPublisher.class)))
		.should()
		.dependOnClassesThat()
		.areAssignableTo(Producer.class);

	@ArchTest
	static final ArchRule nothingIsCalledAfterItsPattern = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveSimpleNameEndingWith("Manager")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("Utils");

	private static DescribedPredicate<JavaMethodCall> ofPublisher(String... names) {
		Set<String> methods = Set.of(names);
		return DescribedPredicate.describe("a publisher's " + methods,
				(call) -> methods.contains(call.getName()) && call.getTargetOwner().isAssignableTo(Publisher.class));
	}

}
