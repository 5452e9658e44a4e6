package com.banqup.invitations.cli;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

@AnalyzeClasses(packages = "com.banqup.invitations.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule packagesDoNotDependOnEachOtherInCircles = slices()
		.matching("com.banqup.invitations.cli.(*)..")
		.should()
		.beFreeOfCycles();

	@ArchTest
	static final ArchRule onlyTheApiSpeaksHttp = noClasses().that()
		.resideOutsideOfPackage("..cli.api..")
		.should()
		.dependOnClassesThat()
		.belongToAnyOf(HttpClient.class, HttpRequest.class, HttpResponse.class);

	@ArchTest
	static final ArchRule onlyTheCommandsKnowTheCommandLine = noClasses().that()
		.resideOutsideOfPackage("..cli.command..")
		.should()
		.dependOnClassesThat()
		.resideInAPackage("picocli..");

	@ArchTest
	static final ArchRule startsWithoutSpring = noClasses().should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "reactor..");

	@ArchTest
	static final ArchRule nobodyWaitsExceptByAPauseThatTestsReplace = noClasses().that()
		.doNotHaveFullyQualifiedName("com.banqup.invitations.cli.command.Surroundings")
		.should()
		.callMethod(Thread.class, "sleep", java.time.Duration.class)
		.orShould()
		.callMethod(Thread.class, "sleep", long.class);

	@ArchTest
	static final ArchRule nobodyEndsTheProcessButTheMainClass = noClasses().that()
		.doNotBelongToAnyOf(InviteCli.class)
		.should()
		.callMethod(System.class, "exit", int.class);

	@ArchTest
	static final ArchRule nothingIsCalledAfterItsPattern = noClasses().should()
		.haveSimpleNameEndingWith("Impl")
		.orShould()
		.haveSimpleNameEndingWith("Manager")
		.orShould()
		.haveSimpleNameEndingWith("Helper")
		.orShould()
		.haveSimpleNameEndingWith("Utils");

}
