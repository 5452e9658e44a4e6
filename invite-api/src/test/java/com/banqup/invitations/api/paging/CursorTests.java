package com.banqup.invitations.api.paging;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CursorTests {

	@Test
	void comesBackAsItWasGivenOut() {
		Cursor cursor = new Cursor(UUID.randomUUID());

		assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "%%%", "AAAAAAAAAAAAAAAAAAAAAAA", "AgAAAAAAAAAAAAAAAAAAAAA",
			"AQAAAAAAAAAAAAAAAAAAAAAAAAAA" })
	void refusesWhatItDidNotGiveOut(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Cursor.decode(text));
	}

	@Test
	void leadsToTheNextPageOnlyIfThereIsOne() {
		List<UUID> rows = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());

		Page<UUID> first = Page.of(rows, 2, (id) -> id);
		Page<UUID> last = Page.of(rows, 3, (id) -> id);

		assertThat(first.items()).isEqualTo(rows.subList(0, 2));
		assertThat(first.next()).isEqualTo(new Cursor(rows.get(1)));
		assertThat(last.items()).isEqualTo(rows);
		assertThat(last.next()).isNull();
	}

}
