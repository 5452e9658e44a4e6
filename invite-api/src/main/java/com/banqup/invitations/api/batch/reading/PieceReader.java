package com.banqup.invitations.api.batch.reading;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import org.jspecify.annotations.Nullable;

/**
 * Makes pieces of the bytes of one upload, each when it is asked for. Not for several
 * threads at a time.
 */
abstract class PieceReader {

	private final int maxRows;

	private final long maxSize;

	private final FirstBytes firstBytes = new FirstBytes();

	private long size;

	private boolean ended;

	private boolean opened;

	private @Nullable Piece waiting;

	private int rows;

	private int blanks;

	PieceReader(UploadProperties properties) {
		this.maxRows = properties.maxRows();
		this.maxSize = properties.maxSize().toBytes();
	}

	/** Takes the next bytes, which follow those that all pieces were made of. */
	abstract void take(byte[] bytes);

	/** Takes the news that no more bytes come. */
	abstract void takeEnd();

	/**
	 * Reads the next row or the selection. Null if it takes more bytes, or if all is
	 * read.
	 */
	abstract @Nullable Piece read();

	/** The line that is to be read next, 1 for the first. */
	abstract int line();

	/** The columns that mean nothing here. */
	List<String> ignoredColumns() {
		return List.of();
	}

	/** Counts the row that starts at this line, and gives its number. */
	final int countRow(int line) {
		if (this.rows == this.maxRows) {
			throw new TooManyRows(this.maxRows).at(this.rows + 1, line);
		}
		return ++this.rows;
	}

	/**
	 * Counts a blank record: it takes time and is nothing, so there are no more of them
	 * than there may be rows.
	 */
	final void countBlank(int line) {
		if (this.blanks == this.maxRows) {
			throw TooManyRows.blank(this.maxRows).at(this.rows + 1, line);
		}
		this.blanks++;
	}

	/** How many rows were read. */
	final int rows() {
		return this.rows;
	}

	/** The failure with the place where it happened. */
	UploadRefused located(UploadRefused refused) {
		return refused.at(this.rows + 1, line());
	}

	/** The pieces that the bytes give. */
	final Iterable<Piece> piecesOf(byte[] bytes) {
		long room = this.maxSize - this.size;
		boolean fits = bytes.length <= room;
		this.size += bytes.length;
		take(this.firstBytes.pass(fits ? bytes : Arrays.copyOf(bytes, (int) room)));
		return () -> new Pieces(!fits);
	}

	/** The pieces that are left when no more bytes come. */
	final Iterable<Piece> piecesAtEnd() {
		take(this.firstBytes.passRest());
		takeEnd();
		this.ended = true;
		return () -> new Pieces(false);
	}

	private @Nullable Piece nextPiece() {
		Piece held = this.waiting;
		if (held != null) {
			this.waiting = null;
			return held;
		}
		Piece piece = read();
		if (piece == null) {
			if (this.ended && !this.opened) {
				throw new UploadWithoutRows();
			}
			return null;
		}
		return this.opened ? piece : opening(piece);
	}

	private Piece opening(Piece first) {
		this.opened = true;
		if (first instanceof Piece.Described) {
			return first;
		}
		this.waiting = first;
		return new Piece.Opening(ignoredColumns());
	}

	/** What can be made of the bytes at hand. */
	private final class Pieces implements Iterator<Piece> {

		private final boolean tooLarge;

		private @Nullable Piece next;

		Pieces(boolean tooLarge) {
			this.tooLarge = tooLarge;
		}

		@Override
		public boolean hasNext() {
			if (this.next == null) {
				this.next = nextPiece();
			}
			if (this.next == null && this.tooLarge) {
				throw new UploadTooLarge(PieceReader.this.maxSize);
			}
			return this.next != null;
		}

		@Override
		public Piece next() {
			hasNext();
			Piece piece = this.next;
			if (piece == null) {
				throw new NoSuchElementException();
			}
			this.next = null;
			return piece;
		}

	}

}
