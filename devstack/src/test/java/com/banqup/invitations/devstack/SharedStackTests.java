package com.banqup.invitations.devstack;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SharedStackTests {

	@Test
	void runsInContainersWhenAnEngineAnswers() {
		SharedStack.Choice choice = SharedStack.choose(null, () -> true);

		assertThat(choice.containers()).isTrue();
		assertThat(choice.explanation()).contains("a Docker engine answers");
	}

	@Test
	void isEmbeddedWhenNoneAnswers() {
		SharedStack.Choice choice = SharedStack.choose("", () -> false);

		assertThat(choice.containers()).isFalse();
		assertThat(choice.explanation()).contains("no Docker engine answers");
	}

	@Test
	void isWhatSomebodyWishesWithoutAskingAnEngine() {
		assertThat(SharedStack.choose("Embedded", () -> {
			throw new AssertionError("asked");
		}).containers()).isFalse();
		assertThat(SharedStack.choose("containers", () -> true).containers()).isTrue();
	}

	@Test
	void saysWhenAWishCannotBeFulfilled() {
		assertThatIllegalStateException().isThrownBy(() -> SharedStack.choose("containers", () -> false))
			.withMessageContaining("no Docker engine answers");
		assertThatIllegalStateException().isThrownBy(() -> SharedStack.choose("podman", () -> true))
			.withMessage("DEVSTACK: \"podman\" (expected: embedded or containers)");
	}

}
