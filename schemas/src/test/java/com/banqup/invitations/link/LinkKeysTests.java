package com.banqup.invitations.link;

import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LinkKeysTests {

	private static final UUID INVITATION = UUID.fromString("0199c0de-0000-7000-8000-00000000cafe");

	private final LinkKeys keys = LinkKeys.of(1, Map.of(1, key('a')));

	@Test
	void recognisesItsOwnTokens() {
		LinkToken link = new LinkToken(INVITATION, 3);

		String token = this.keys.tokenFor(link);

		assertThat(token).hasSize(LinkKeys.TOKEN_LENGTH).matches("[A-Za-z0-9_-]+");
		assertThat(this.keys.recognise(token)).contains(link);
	}

	@Test
	void carriesTheHighestGeneration() {
		LinkToken link = new LinkToken(INVITATION, LinkToken.MAX_GENERATION);

		assertThat(this.keys.recognise(this.keys.tokenFor(link))).contains(link);
	}

	@Test
	void makesEqualTokensForEqualLinksAndOthersForOtherGenerations() {
		String first = this.keys.tokenFor(new LinkToken(INVITATION, 1));

		assertThat(this.keys.tokenFor(new LinkToken(INVITATION, 1))).isEqualTo(first);
		assertThat(this.keys.tokenFor(new LinkToken(INVITATION, 2))).isNotEqualTo(first);
	}

	@Test
	void makesTheSameTokenForEver() {
		assertThat(this.keys.tokenFor(new LinkToken(INVITATION, 1))).as("links in mails already sent must keep working")
			.isEqualTo("AQGZwN4AAHAAgAAAAAAAyv4AAfsMsFpmCogaNInrOAl9x6M");
	}

	@Nested
	class WhenTheTokenIsForged {

		@Test
		void rejectsEveryChangedCharacter() {
			String token = LinkKeysTests.this.keys.tokenFor(new LinkToken(INVITATION, 1));

			for (int i = 0; i < token.length(); i++) {
				for (char other : "AB_z9".toCharArray()) {
					String forged = token.substring(0, i) + other + token.substring(i + 1);
					if (!forged.equals(token)) {
						assertThat(LinkKeysTests.this.keys.recognise(forged)).as(forged).isEmpty();
					}
				}
			}
		}

		@Test
		void rejectsTokensOfAnotherKeyUnderTheSameId() {
			LinkKeys stranger = LinkKeys.of(1, Map.of(1, key('b')));

			assertThat(LinkKeysTests.this.keys.recognise(stranger.tokenFor(new LinkToken(INVITATION, 1)))).isEmpty();
		}

		@ParameterizedTest
		@ValueSource(strings = { "", "a", "hello world", "ééééééééééééééééééééééééééééééééééééééééééééééé",
				"===============================================", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" })
		void rejectsWhatIsNoToken(String text) {
			assertThat(LinkKeysTests.this.keys.recognise(text)).isEmpty();
		}

		@Test
		void rejectsVeryLongText() {
			assertThat(LinkKeysTests.this.keys.recognise("A".repeat(1_000_000))).isEmpty();
		}

	}

	@Nested
	class WhenKeysAreRotated {

		@Test
		void stillRecognisesTokensOfTheOldKey() {
			Map<Integer, String> both = new HashMap<>();
			both.put(1, key('a'));
			both.put(2, key('b'));
			LinkKeys rotated = LinkKeys.of(2, both);
			LinkToken link = new LinkToken(INVITATION, 1);

			assertThat(rotated.recognise(LinkKeysTests.this.keys.tokenFor(link))).contains(link);
			assertThat(rotated.tokenFor(link)).isNotEqualTo(LinkKeysTests.this.keys.tokenFor(link));
			assertThat(LinkKeysTests.this.keys.recognise(rotated.tokenFor(link))).as("unknown key").isEmpty();
		}

	}

	@Nested
	class WhenConfigurationIsWrong {

		@Test
		void namesTheMissingCurrentKey() {
			assertThatIllegalArgumentException().isThrownBy(() -> LinkKeys.of(2, Map.of(1, key('a'))))
				.withMessage("current link key: 2 (expected one of: [1])");
		}

		@Test
		void refusesShortKeysWithoutShowingThem() {
			String shortKey = Base64.getEncoder().encodeToString("secret".getBytes());

			assertThatIllegalArgumentException().isThrownBy(() -> LinkKeys.of(1, Map.of(1, shortKey)))
				.withMessage("link key 1: 6 bytes (expected: at least 32)");
		}

		@Test
		void refusesKeysThatAreNotBase64WithoutShowingThem() {
			assertThatIllegalArgumentException().isThrownBy(() -> LinkKeys.of(1, Map.of(1, "s3cret!")))
				.withMessage("link key 1: not Base64");
		}

		@Test
		void refusesKeyIdsOverOneByte() {
			assertThatIllegalArgumentException().isThrownBy(() -> LinkKeys.of(256, Map.of(256, key('a'))))
				.withMessage("link key id: 256 (expected: 0..255)");
		}

		@Test
		void refusesGenerationsThatDoNotFit() {
			assertThatIllegalArgumentException().isThrownBy(() -> new LinkToken(INVITATION, 0));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> new LinkToken(INVITATION, LinkToken.MAX_GENERATION + 1));
		}

	}

	private static String key(char letter) {
		return Base64.getEncoder().encodeToString(String.valueOf(letter).repeat(32).getBytes());
	}

}
