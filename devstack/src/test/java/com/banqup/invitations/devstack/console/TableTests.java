package com.banqup.invitations.devstack.console;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TableTests {

	@Test
	void alignsLabelsAndValuesAndSaysEachSectionOnce() {
		Table table = new Table().section("clients")
			.row("active", 25)
			.row("inactive", 975)
			.section("mails")
			.row("sent", 1000);

		assertThat(table.lines()).containsExactly(//
				"+---------+----------+------+", //
				"| clients | active   |   25 |", //
				"|         | inactive |  975 |", //
				"+---------+----------+------+", //
				"| mails   | sent     | 1000 |", //
				"+---------+----------+------+");
	}

}
