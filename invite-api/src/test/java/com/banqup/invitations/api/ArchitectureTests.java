package com.banqup.invitations.api;

import java.time.Instant;
import java.util.Set;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.avro.specific.SpecificRecord;
import org.reactivestreams.Publisher;

import org.springframework.context.SmartLifecycle;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.banqup.invitations.api", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule featuresDoNotKnowTheirAdapters = noClasses().that()
		.resideOutsideOfPackages("..api.*.web..", "..api.*.r2dbc..", "..api.*.kafka..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..api.*.web..", "..api.*.r2dbc..", "..api.*.kafka..");

	@ArchTest
	static final ArchRule storesKnowNoOtherAdapter = noClasses().that()
		.resideInAPackage("..api.*.r2dbc..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..api.*.web..", "..api.*.kafka..");

	@ArchTest
	static final ArchRule listenersKnowNoOtherAdapter = noClasses().that()
		.resideInAPackage("..api.*.kafka..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("..api.*.web..", "..api.*.r2dbc..");

	@ArchTest
	static final ArchRule featuresDoNotDependOnEachOtherInCircles = slices()
		.matching("com.banqup.invitations.api.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule recordsOfKafkaStopAtTheKafkaAdapters = noClasses().that()
		.resideOutsideOfPackage("..api.*.kafka..")
		.should()
		.dependOnClassesThat()
		.areAssignableTo(SpecificRecord.class);

	@ArchTest
	static final ArchRule sqlStaysWithTheStores = noClasses().that()
		.resideOutsideOfPackage("..api.*.r2dbc..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("org.springframework.r2dbc..");

	@ArchTest
	static final ArchRule onlyKafkaListenersBlock = noClasses().that()
		.resideOutsideOfPackage("..api.*.kafka..")
		.should()
		.callMethodWhere(
				ofPublisher("block", "blockFirst", "blockLast", "blockOptional", "toIterable", "toStream", "toFuture"));

	@ArchTest
	static final ArchRule onlyLifecyclesSubscribe = noClasses().that()
		.areNotAssignableTo(SmartLifecycle.class)
		.should()
		.callMethodWhere(ofPublisher("subscribe"));

	@ArchTest
	static final ArchRule nobodyContinuesOnErrors = noClasses().should()
		.callMethodWhere(ofPublisher("onErrorContinue"));

	@ArchTest
	static final ArchRule timeComesFromTheClock = noClasses().that()
		.doNotHaveSimpleName("InviteApiApplication")
		.should()
		.callMethod(Instant.class, "now")
		.orShould()
		.callMethod(System.class, "currentTimeMillis");

	@ArchTest
	static final ArchRule controllersAreCalledControllers = classes().that()
		.areAnnotatedWith(RestController.class)
		.should()
		.haveSimpleNameEndingWith("Controller")
		.andShould()
		.bePackagePrivate();

	@ArchTest
	static final ArchRule advicesAreCalledProblems = classes().that()
		.areAnnotatedWith(RestControllerAdvice.class)
		.should()
		.haveSimpleNameEndingWith("Problems");

	@ArchTest
	static final ArchRule nothingIsCalledAfterItsPattern = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveSimpleNameEndingWith("Manager")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("DTO")
		.orShould()
		.haveSimpleNameEndingWith("Utils");

	private static DescribedPredicate<JavaMethodCall> ofPublisher(String... names) {
		Set<String> methods = Set.of(names);
		return DescribedPredicate.describe("a publisher's " + methods,
				(call) -> methods.contains(call.getName()) && isPublisher(call.getTargetOwner()));
	}

	private static boolean isPublisher(JavaClass owner) {
		return owner.isAssignableTo(Publisher.class);
	}

}
