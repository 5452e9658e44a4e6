package com.banqup.invitations.dispatch.mail.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;

import gg.jte.TemplateOutput;

/**
 * Writes quoted-printable (RFC 2045 section 6.7) as text arrives. The parts of a template
 * that never change are encoded once and then copied. For one thread.
 */
final class QuotedPrintable implements TemplateOutput {

	/** Characters on a line before a soft line break. */
	private static final int LINE = 75;

	private static final byte[] HEX = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E',
			'F' };

	private final MimeBuffer out;

	private final Parts parts;

	private int column;

	QuotedPrintable(MimeBuffer out, Parts parts) {
		this.out = out;
		this.parts = parts;
	}

	@Override
	public void writeContent(String text) {
		writeContent(text, 0, text.length());
	}

	@Override
	public void writeContent(String text, int begin, int end) {
		this.out.reserve(5 * (end - begin) + 16);
		for (int i = begin; i < end; i++) {
			char c = text.charAt(i);
			if (c < 128) {
				ascii(c);
			}
			else {
				int codePoint = text.codePointAt(i);
				if (codePoint > 0xFFFF) {
					i++;
				}
				this.out.reserve(5 * (end - i) + 32);
				other(codePoint);
			}
		}
	}

	/** Writes UTF-8 that is the same object each time. */
	@Override
	public void writeBinaryContent(byte[] utf8) {
		Block block = this.parts.encoded(utf8);
		if (this.column > 0) {
			softBreak();
		}
		this.out.raw(block.encoded(), block.encoded().length);
		this.column = block.column();
	}

	/** Ends the text: what follows starts on a new line. */
	void end() {
		this.out.reserve(8);
		newLine();
	}

	private void ascii(char c) {
		if (c == '\n') {
			newLine();
		}
		else if (c == '=' || (c < ' ' && c != '\t') || c == 127) {
			if (c != '\r') {
				fit(3);
				hex(c);
			}
		}
		else {
			fit(1);
			this.out.put(c);
			this.column++;
		}
	}

	/** A character is kept on one line: some readers decode line by line. */
	private void other(int character) {
		int codePoint = (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE) ? '\ufffd'
				: character;
		if (codePoint < 0x800) {
			fit(6);
			hex(0xC0 | codePoint >> 6);
		}
		else if (codePoint < 0x10000) {
			fit(9);
			hex(0xE0 | codePoint >> 12);
			hex(0x80 | codePoint >> 6 & 0x3F);
		}
		else {
			fit(12);
			hex(0xF0 | codePoint >> 18);
			hex(0x80 | codePoint >> 12 & 0x3F);
			hex(0x80 | codePoint >> 6 & 0x3F);
		}
		hex(0x80 | codePoint & 0x3F);
	}

	private void hex(int octet) {
		this.out.put('=');
		this.out.put(HEX[octet >> 4 & 15]);
		this.out.put(HEX[octet & 15]);
		this.column += 3;
	}

	private void fit(int count) {
		if (this.column + count > LINE) {
			softBreak();
		}
	}

	private void softBreak() {
		this.out.reserve(3);
		this.out.put('=');
		this.out.put('\r');
		this.out.put('\n');
		this.column = 0;
	}

	private void newLine() {
		int last = this.out.last(1);
		if (this.column > 0 && (last == ' ' || last == '\t')) {
			this.out.drop(1);
			this.column--;
			fit(3);
			hex(last);
		}
		this.out.put('\r');
		this.out.put('\n');
		this.column = 0;
	}

	/** What templates never change, encoded once. Safe for use by many threads. */
	static final class Parts {

		/** By identity. */
		private volatile Map<byte[], Block> blocks = Collections.emptyMap();

		private Block encoded(byte[] utf8) {
			Block known = this.blocks.get(utf8);
			return (known != null) ? known : remember(utf8, encode(utf8));
		}

		private Block encode(byte[] utf8) {
			MimeBuffer buffer = new MimeBuffer(2 * utf8.length + 16);
			QuotedPrintable encoder = new QuotedPrintable(buffer, this);
			encoder.writeContent(new String(utf8, StandardCharsets.UTF_8));
			return new Block(Arrays.copyOf(buffer.array(), buffer.size()), encoder.column);
		}

		/** The parts of a template are few and all met in its first mails. */
		private synchronized Block remember(byte[] utf8, Block block) {
			Map<byte[], Block> more = new IdentityHashMap<>(this.blocks);
			more.put(utf8, block);
			this.blocks = more;
			return block;
		}

	}

	/**
	 * Encoded text.
	 *
	 * @param encoded starts at the start of a line
	 * @param column where it ends
	 */
	@SuppressWarnings("ArrayRecordComponent")
	private record Block(byte[] encoded, int column) {
	}

}
