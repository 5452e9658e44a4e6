package com.banqup.invitations.dispatch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.banqup.invitations.dispatch", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	private static final String[] ADAPTERS = { "..r2dbc..", "..kafka..", "..smtp..", "..web.." };

	@ArchTest
	static final ArchRule featuresKnowNoAdapters = noClasses().that()
		.resideOutsideOfPackages(ADAPTERS)
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.banqup.invitations.dispatch..r2dbc..", "com.banqup.invitations.dispatch..kafka..",
				"com.banqup.invitations.dispatch..smtp..", "org.apache.kafka..", "org.springframework.kafka..",
				"io.r2dbc..", "org.springframework.r2dbc..", "com.hubspot..");

	@ArchTest
	static final ArchRule avroStaysInKafkaAdapters = noClasses().that()
		.resideOutsideOfPackage("..kafka..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("com.banqup.invitations.requests..", "com.banqup.invitations.events..",
				"org.apache.avro..");

	@ArchTest
	static final ArchRule featuresHaveNoCycles = slices().matching("com.banqup.invitations.dispatch.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyKafkaListenersBlock = classes()
		.that(not(resideInAPackage("..delivery.kafka..").and(simpleNameEndingWith("Listener"))))
		.should(callNone(Set.of("block", "blockFirst", "blockLast", "blockOptional", "toFuture")));

	/** Lag is measured on a thread of its own, with a client that knows no other way. */
	@ArchTest
	static final ArchRule nobodyWaitsForFutures = classes().that()
		.resideOutsideOfPackage("..lag.kafka..")
		.should(callNone(Set.of("get", "join"), Future.class))
		.andShould(callNone(Set.of("sleep", "join"), Thread.class));

	@ArchTest
	static final ArchRule nobodyContinuesOnErrors = classes().should(callNone(Set.of("onErrorContinue")));

	@ArchTest
	static final ArchRule onlyLifecyclesSubscribe = classes().that()
		.areNotAssignableTo(SmartLifecycle.class)
		.and(new DescribedPredicate<JavaClass>("are not part of a lifecycle") {

			@Override
			public boolean test(JavaClass type) {
				return type.getEnclosingClass().filter((outer) -> outer.isAssignableTo(SmartLifecycle.class)).isEmpty();
			}

		})
		.should(callNone(Set.of("subscribe")));

	private static ArchCondition<JavaClass> callNone(Set<String> methods) {
		return callNone(methods, Mono.class, Flux.class);
	}

	private static ArchCondition<JavaClass> callNone(Set<String> methods, Class<?>... owners) {
		return new ArchCondition<>("call none of " + methods + " of " + List.of(owners)) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				for (JavaMethodCall call : type.getMethodCallsFromSelf()) {
					if (methods.contains(call.getName())
							&& Stream.of(owners).anyMatch((owner) -> call.getTargetOwner().isAssignableTo(owner))) {
						events.add(SimpleConditionEvent.violated(type, call.getDescription()));
					}
				}
			}

		};
	}

}
