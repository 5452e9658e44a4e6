package com.banqup.invitations.api.batch.reading;

import java.util.UUID;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.problem.MalformedJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.async.ByteArrayFeeder;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a JSON object that names clients which are in the Partner Space already:
 * {@code {"clientIds":[…]}}, a row each, or {@code {"filter":{…}}}, which describes them.
 * What is not understood refuses all of it ({@link InvalidSelection}): it was written by
 * a program, as one thing.
 */
final class SelectionReader extends PieceReader {

	private static final String CLIENT_IDS = "clientIds";

	private static final String FILTER = "filter";

	private static final String IDS_EXPECTED = "expected: ids of clients";

	/** Nothing here is long: a search of 200 characters is the longest. */
	private static final JsonFactory JSON = JsonFactory.builder()
		.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
		.streamReadConstraints(StreamReadConstraints.builder()
			.maxNestingDepth(10)
			.maxNumberLength(100)
			.maxNameLength(1_000)
			.maxStringLength(10_000)
			.build())
		.build();

	private enum Place {

		START, OBJECT, IDS_VALUE, IDS, FILTER_VALUE, FILTER, FILTER_FIELD, END

	}

	private final JsonParser json = JSON.createNonBlockingByteArrayParser(ObjectReadContext.empty());

	private final ByteArrayFeeder feeder = (ByteArrayFeeder) this.json.nonBlockingInputFeeder();

	private Place place = Place.START;

	private boolean ended;

	private boolean selected;

	private boolean idsGiven;

	private boolean filterGiven;

	private final FilterFields filter = new FilterFields(FILTER);

	SelectionReader(UploadProperties properties) {
		super(properties);
	}

	@Override
	void take(byte[] bytes) {
		if (bytes.length > 0) {
			this.feeder.feedInput(bytes, 0, bytes.length);
		}
	}

	@Override
	void takeEnd() {
		this.ended = true;
		this.feeder.endOfInput();
	}

	@Override
	int line() {
		return this.json.currentLocation().getLineNr();
	}

	@Override
	UploadRefused located(UploadRefused refused) {
		TokenStreamLocation here = this.json.currentLocation();
		return refused.at((this.place == Place.IDS) ? rows() + 1 : 0, here.getLineNr(), here.getColumnNr());
	}

	@Override
	@Nullable Piece read() {
		try {
			return readNext();
		}
		catch (JacksonException ex) {
			throw malformed(MalformedJson.reason(ex));
		}
	}

	private InvalidSelection malformed(String message) {
		return InvalidSelection.malformed((this.place == Place.IDS) ? nextId() : null, message);
	}

	/** The field of the id that is to be read next. */
	private String nextId() {
		return CLIENT_IDS + "[" + rows() + "]";
	}

	private @Nullable Piece readNext() {
		while (true) {
			JsonToken token = this.json.nextToken();
			if (token == null) {
				return selection();
			}
			if (token == JsonToken.NOT_AVAILABLE) {
				if (this.ended) {
					continue;
				}
				return null;
			}
			Piece piece = read(token);
			if (piece != null) {
				return piece;
			}
		}
	}

	private @Nullable Piece read(JsonToken token) {
		switch (this.place) {
			case START -> {
				require(token == JsonToken.START_OBJECT, "not an object");
				this.place = Place.OBJECT;
			}
			case OBJECT -> readField(token);
			case IDS_VALUE -> {
				requireType(token == JsonToken.START_ARRAY, CLIENT_IDS, "an array");
				this.place = Place.IDS;
			}
			case IDS -> {
				return readId(token);
			}
			case FILTER_VALUE -> {
				requireType(token == JsonToken.START_OBJECT, FILTER, "an object");
				this.place = Place.FILTER;
			}
			case FILTER -> readFilterField(token);
			case FILTER_FIELD -> {
				this.filter.set(this.json.currentName(), token, this.json);
				this.place = Place.FILTER;
			}
			case END -> require(false, "something follows the object");
		}
		return null;
	}

	private void readField(JsonToken token) {
		if (token == JsonToken.END_OBJECT) {
			this.place = Place.END;
			requireSomething();
			return;
		}
		String name = this.json.currentName();
		this.place = switch (name) {
			case CLIENT_IDS -> Place.IDS_VALUE;
			case FILTER -> Place.FILTER_VALUE;
			default -> throw InvalidSelection.unknown(name, CLIENT_IDS + ", " + FILTER);
		};
		this.idsGiven |= this.place == Place.IDS_VALUE;
		this.filterGiven |= this.place == Place.FILTER_VALUE;
		if (this.idsGiven && this.filterGiven) {
			throw InvalidSelection.of(FILTER, "beside clientIds (expected: one of the two)");
		}
	}

	private void requireSomething() {
		if (!this.idsGiven && !this.filterGiven) {
			throw InvalidSelection.of(CLIENT_IDS, "missing (" + IDS_EXPECTED + ", or a filter)");
		}
		if (this.idsGiven && rows() == 0) {
			throw InvalidSelection.of(CLIENT_IDS, "none (" + IDS_EXPECTED + ")");
		}
	}

	/** The selection, once: at the end, when it is sure that nothing follows. */
	private @Nullable Piece selection() {
		if (!this.filterGiven || this.selected) {
			return null;
		}
		this.selected = true;
		return new Piece.Described(this.filter.selection());
	}

	private Piece.@Nullable Row readId(JsonToken token) {
		if (token == JsonToken.END_ARRAY) {
			this.place = Place.OBJECT;
			return null;
		}
		String field = nextId();
		requireType(token == JsonToken.VALUE_STRING, field, "a UUID");
		UUID id = FilterFields.uuid(this.json.getString(), field);
		int number = countRow(line());
		return new Piece.Row(new BatchRow(number, number, null, new KnownClient(new ClientId(id))));
	}

	private void readFilterField(JsonToken token) {
		if (token == JsonToken.END_OBJECT) {
			this.place = Place.OBJECT;
			return;
		}
		this.place = Place.FILTER_FIELD;
	}

	private static void requireType(boolean condition, String field, String type) {
		if (!condition) {
			throw InvalidSelection.of(field, "of the wrong type (expected: " + type + ")");
		}
	}

	private void require(boolean condition, String problem) {
		if (!condition) {
			throw malformed(problem + " (expected: a JSON object)");
		}
	}

}
