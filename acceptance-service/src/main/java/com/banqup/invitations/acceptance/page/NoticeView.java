package com.banqup.invitations.acceptance.page;

import org.jspecify.annotations.Nullable;

/**
 * A page that says what is the matter, and what to do.
 *
 * @param key where title and heading stand among the texts
 * @param text what is the matter
 * @param advice what to do
 * @param question what the button below is for
 * @param post a button that takes a step
 * @param link a link to go on with
 */
public record NoticeView(String key, Tone tone, @Nullable Phrase text, @Nullable Phrase advice,
		@Nullable Phrase question, @Nullable Post post, @Nullable Link link) implements View {

	static NoticeView of(String key, Tone tone) {
		return new NoticeView(key, tone, null, null, null, null, null);
	}

	NoticeView saying(Object... parameters) {
		return new NoticeView(this.key, this.tone, Phrase.of(this.key + ".text", parameters), this.advice,
				this.question, this.post, this.link);
	}

	NoticeView advising(String text, Object... parameters) {
		return new NoticeView(this.key, this.tone, this.text, Phrase.of(text, parameters), this.question, this.post,
				this.link);
	}

	NoticeView asking(String question, Post answer) {
		return new NoticeView(this.key, this.tone, this.text, this.advice, Phrase.of(question), answer, this.link);
	}

	NoticeView leadingTo(String path) {
		return new NoticeView(this.key, this.tone, this.text, this.advice, this.question, this.post,
				new Link(path, this.key + ".action"));
	}

	@Override
	public String template() {
		return "notice.jte";
	}

	@Override
	public boolean hasForm() {
		return this.post != null;
	}

	/**
	 * A button: where it posts to, which account it asks for, and the key of its text.
	 */
	public record Post(String path, String account, String label) {
	}

	/** A link: where it leads, and the key of its text. */
	public record Link(String path, String label) {
	}

}
