package com.banqup.invitations.acceptance.page;

import java.util.Arrays;
import java.util.List;

import com.banqup.invitations.acceptance.consent.ConsentText;

/**
 * A paragraph or a list of the words that a person agrees to.
 *
 * @param list whether the lines are items of a list
 */
public record ConsentBlock(boolean list, List<String> lines) {

	private static final String ITEM = "- ";

	public ConsentBlock {
		lines = List.copyOf(lines);
	}

	/** The text's blocks: all of its words, in their order. */
	static List<ConsentBlock> of(ConsentText text) {
		return Arrays.stream(text.text().split("\n\n"))
			.filter((block) -> !block.isBlank())
			.map(ConsentBlock::of)
			.toList();
	}

	private static ConsentBlock of(String block) {
		List<String> lines = List.of(block.split("\n"));
		boolean list = lines.stream().allMatch((line) -> line.startsWith(ITEM));
		return list ? new ConsentBlock(true, lines.stream().map((line) -> line.substring(ITEM.length())).toList())
				: new ConsentBlock(false, lines);
	}

}
