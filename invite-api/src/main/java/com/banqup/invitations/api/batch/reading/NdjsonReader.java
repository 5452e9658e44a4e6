package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonRecyclerPools;

/**
 * Reads a JSON object a line. Lines end with a line feed, a carriage return before it
 * does not matter; blank lines are passed over. Objects are taken by the letter, like the
 * other bodies of the API.
 */
final class NdjsonReader extends RecordReader {

	private static final int MAX_DEPTH = 100;

	/**
	 * Every name is kept for the next rows: with long ones, a few thousand rows would
	 * fill the memory.
	 */
	private static final int MAX_NAME = 1_000;

	/** Values are as long as their line allows: none is made a number of. */
	private static final JsonFactory JSON = JsonFactory.builder()
		.recyclerPool(JsonRecyclerPools.threadLocalPool())
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(MAX_DEPTH)
			.maxNameLength(MAX_NAME)
			.maxNumberLength(Integer.MAX_VALUE)
			.maxStringLength(Integer.MAX_VALUE)
			.build())
		.build();

	private static final int MAX_NAME_SHOWN = 40;

	/** Of one character, in bytes. */
	private static final int MAX_CHARACTER = 4;

	private final RecordCutter cutter;

	NdjsonReader(UploadProperties properties) {
		this(properties, RecordCutter.lines(maxLine(properties)));
	}

	private NdjsonReader(UploadProperties properties, RecordCutter cutter) {
		super(properties, cutter);
		this.cutter = cutter;
	}

	@Override
	Piece.@Nullable Row read() {
		while (true) {
			switch (this.cutter.cut()) {
				case NOTHING -> {
					return null;
				}
				case TOO_LONG -> {
					return new Piece.Row(tooLong(fieldsOfStart()));
				}
				default -> {
					int from = firstInk();
					if (from < this.cutter.to()) {
						return new Piece.Row(row(from));
					}
					countBlank();
				}
			}
		}
	}

	/** Where the line starts that was cut, without blanks. */
	private int firstInk() {
		int index = this.cutter.from();
		while (index < this.cutter.to() && isBlank(this.cutter.bytes()[index])) {
			index++;
		}
		return index;
	}

	private static boolean isBlank(byte character) {
		return character == ' ' || character == '\t' || character == '\r';
	}

	private BatchRow row(int ink) {
		RowFields fields = new RowFields();
		Unusable problem = read(fields, ink, this.cutter.to());
		return (problem != null) ? unusable(fields, problem) : row(fields);
	}

	/** The fields that are whole in the start of a line that is too long. */
	private RowFields fieldsOfStart() {
		RowFields fields = new RowFields();
		int ink = firstInk();
		int to = lastWholeCharacter();
		if (ink < to) {
			read(fields, ink, to);
		}
		return fields;
	}

	/** Where the last character ends that is whole, if only the last one is not. */
	private int lastWholeCharacter() {
		int to = this.cutter.to();
		int least = Math.max(this.cutter.from(), to - MAX_CHARACTER + 1);
		while (to > least && Utf8.of(this.cutter.bytes(), this.cutter.from(), to) == Utf8.NONE) {
			to--;
		}
		return to;
	}

	/** Reads the fields, and says what is wrong with the line, null if nothing is. */
	private @Nullable Unusable read(RowFields fields, int ink, int to) {
		byte[] bytes = this.cutter.bytes();
		int from = this.cutter.from();
		if (Utf8.of(bytes, from, to) == Utf8.NONE) {
			return RowProblems.NOT_UTF_8;
		}
		// Other bytes could be taken for UTF-16 and UTF-32 by the parser.
		if (bytes[ink] != '{' || ink + 1 < to && bytes[ink + 1] == 0) {
			return malformed("no JSON object");
		}
		try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
			return read(json, fields);
		}
	}

	private static @Nullable Unusable read(JsonParser json, RowFields fields) {
		try {
			json.nextToken();
			return readFields(json, fields);
		}
		catch (StreamConstraintsException ex) {
			return malformed(
					((json.streamReadContext().getNestingDepth() > MAX_DEPTH) ? "nested deeper than " + MAX_DEPTH
							: "too long a name of a field, or too many of them,") + place(ex, json));
		}
		catch (JacksonException ex) {
			return malformed("not valid JSON" + place(ex, json));
		}
	}

	/** Not every exception knows where it happened. */
	private static String place(JacksonException ex, JsonParser json) {
		TokenStreamLocation known = ex.getLocation();
		return " at column " + ((known != null) ? known : json.currentLocation()).getColumnNr();
	}

	private static @Nullable Unusable readFields(JsonParser json, RowFields fields) {
		String unknown = null;
		for (String name = json.nextName(); name != null; name = json.nextName()) {
			JsonToken value = json.nextToken();
			Field field = Field.ofName(name);
			if (field == null) {
				unknown = (unknown != null) ? unknown : name;
				json.skipChildren();
			}
			else if (value != JsonToken.VALUE_STRING && value != JsonToken.VALUE_NULL) {
				return new Unusable(RowReason.MALFORMED, field + ": of the wrong type (expected: a string)");
			}
			else if (!fields.set(field, (value == JsonToken.VALUE_STRING) ? json.getString() : null)) {
				// Nobody knows which one is meant.
				fields.set(field, null);
				return new Unusable(RowReason.MALFORMED, field + ": more than once (expected: once)");
			}
		}
		if (json.nextToken() != null) {
			return malformed("something follows the JSON object");
		}
		return (unknown != null) ? unknownField(unknown) : null;
	}

	private static Unusable malformed(String what) {
		return new Unusable(RowReason.MALFORMED, what + " (expected: one JSON object a line)");
	}

	private static Unusable unknownField(String name) {
		boolean shown = !PlainText.hasForbidden(name, false) && PlainText.length(name) <= MAX_NAME_SHOWN;
		return new Unusable(RowReason.UNKNOWN_FIELD,
				(shown ? name + ": " : "") + "unknown field (expected: " + Field.NAMES + ")");
	}

}
