package com.banqup.invitations.api.batch.reading;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

import org.jspecify.annotations.Nullable;

/**
 * Decompresses gzip (RFC 1952, one member or several) as it comes, a little each time it
 * is asked: a small file that swells costs only what is asked for. Not for several
 * threads at a time, but for closing.
 * <p>
 * Ours because the others do not stop in between: {@link java.util.zip.GZIPInputStream}
 * waits in a read for bytes that have not come, and Netty's decoder decompresses all of a
 * buffer at once, which can be a thousand times as much.
 */
final class Gunzip implements AutoCloseable {

	private static final int PIECE = 16_384;

	private static final byte[] NOTHING = new byte[0];

	private static final int FIXED_HEADER = 10;

	private static final int TRAILER = 8;

	/** How each member begins; there is but one way to compress. */
	private static final byte[] MAGIC = { 0x1F, (byte) 0x8B, Deflater.DEFLATED };

	private static final int FLAGS = 3;

	private static final int MAX_FLAGS = 0x1F;

	/** Flags of the header. */
	private static final int HEADER_CHECKSUM = 2;

	private static final int EXTRA = 4;

	private static final int NAME = 8;

	private static final int COMMENT = 16;

	private enum Part {

		FIXED_HEADER, EXTRA_LENGTH, EXTRA, NAME, COMMENT, HEADER_CHECKSUM, BODY, TRAILER

	}

	private static final Part[] PARTS = Part.values();

	private final Inflater inflater = new Inflater(true);

	private final CRC32 checksum = new CRC32();

	/** The bytes of a part that has to be whole before it can be read. */
	private final byte[] gathered = new byte[FIXED_HEADER];

	private int gatheredCount;

	private Part part = Part.FIXED_HEADER;

	private int flags;

	private long extraLength;

	private int members;

	private byte[] input = NOTHING;

	private int index;

	private final byte[] piece = new byte[PIECE];

	private boolean closed;

	/**
	 * The decompressed bytes that these give, none of them made before it is asked for.
	 */
	Iterable<byte[]> piecesOf(byte[] bytes) {
		this.input = bytes;
		this.index = 0;
		return Pieces::new;
	}

	/**
	 * Takes the news that no more bytes come.
	 * @throws InvalidUploadEncoding if some are missing
	 */
	void requireEnd() {
		if (this.part != Part.FIXED_HEADER || this.gatheredCount > 0) {
			throw invalid("ends in the middle");
		}
	}

	/** The next piece, null if it takes more bytes to make one. */
	private synchronized byte @Nullable [] next() {
		while (!this.closed && (this.part == Part.BODY || this.index < this.input.length)) {
			if (this.part != Part.BODY) {
				readAround();
				continue;
			}
			int length = inflate();
			if (length > 0) {
				return Arrays.copyOf(this.piece, length);
			}
			if (this.part == Part.BODY) {
				return null;
			}
		}
		return null;
	}

	private int inflate() {
		if (this.inflater.needsInput() && this.index < this.input.length) {
			this.inflater.setInput(this.input, this.index, this.input.length - this.index);
		}
		try {
			int length = this.inflater.inflate(this.piece);
			this.index = this.input.length - this.inflater.getRemaining();
			this.checksum.update(this.piece, 0, length);
			if (this.inflater.finished()) {
				this.part = Part.TRAILER;
			}
			else if (this.inflater.needsDictionary()) {
				throw invalid("needs a dictionary");
			}
			return length;
		}
		catch (DataFormatException ex) {
			throw invalid("damaged");
		}
	}

	/** Reads what is around the compressed bytes. */
	private void readAround() {
		switch (this.part) {
			case FIXED_HEADER -> {
				boolean whole = gather(FIXED_HEADER);
				requireGzip(whole ? FIXED_HEADER : this.gatheredCount);
				if (whole) {
					readFixedHeader();
				}
			}
			case EXTRA_LENGTH -> {
				if (gather(Short.BYTES)) {
					this.extraLength = little(0, Short.BYTES);
					this.part = Part.EXTRA;
				}
			}
			case EXTRA -> {
				int skipped = (int) Math.min(this.extraLength, this.input.length - this.index);
				this.index += skipped;
				this.extraLength -= skipped;
				goOnIf(this.extraLength == 0);
			}
			case NAME, COMMENT -> goOnIf(this.input[this.index++] == 0);
			case HEADER_CHECKSUM -> goOnIf(gather(Short.BYTES));
			case TRAILER -> {
				if (gather(TRAILER)) {
					readTrailer();
				}
			}
			case BODY -> throw new IllegalStateException("in the body");
		}
	}

	/** Looks at so many bytes: what follows may be short. */
	private void requireGzip(int count) {
		int known = Math.min(count, MAGIC.length);
		if (!Arrays.equals(this.gathered, 0, known, MAGIC, 0, known)) {
			throw invalid(this.members > 0 ? "followed by something else" : "not gzip");
		}
	}

	private void readFixedHeader() {
		this.flags = this.gathered[FLAGS] & 0xFF;
		if (this.flags > MAX_FLAGS) {
			throw invalid("damaged");
		}
		goOnIf(true);
	}

	/** Goes on to the next part that the flags say is there. */
	private void goOnIf(boolean done) {
		if (done) {
			int next = this.part.ordinal() + 1;
			while (!isThere(PARTS[next])) {
				next++;
			}
			this.part = PARTS[next];
		}
	}

	private boolean isThere(Part next) {
		return switch (next) {
			case EXTRA_LENGTH -> (this.flags & EXTRA) != 0;
			case NAME -> (this.flags & NAME) != 0;
			case COMMENT -> (this.flags & COMMENT) != 0;
			case HEADER_CHECKSUM -> (this.flags & HEADER_CHECKSUM) != 0;
			case BODY -> true;
			case FIXED_HEADER, EXTRA, TRAILER -> false;
		};
	}

	private void readTrailer() {
		boolean whole = little(0, Integer.BYTES) == this.checksum.getValue()
				&& little(Integer.BYTES, Integer.BYTES) == (this.inflater.getBytesWritten() & 0xFFFF_FFFFL);
		if (!whole) {
			throw invalid("damaged");
		}
		this.members++;
		this.inflater.reset();
		this.checksum.reset();
		this.part = Part.FIXED_HEADER;
	}

	/** Whether so many bytes of this part are gathered. */
	private boolean gather(int count) {
		int taken = Math.min(count - this.gatheredCount, this.input.length - this.index);
		System.arraycopy(this.input, this.index, this.gathered, this.gatheredCount, taken);
		this.index += taken;
		this.gatheredCount += taken;
		boolean whole = this.gatheredCount == count;
		if (whole) {
			this.gatheredCount = 0;
		}
		return whole;
	}

	/** The number in the gathered bytes, lowest byte first. */
	private long little(int from, int length) {
		long number = 0;
		for (int index = from + length - 1; index >= from; index--) {
			number = number << Byte.SIZE | this.gathered[index] & 0xFF;
		}
		return number;
	}

	private static InvalidUploadEncoding invalid(String what) {
		return new InvalidUploadEncoding("gzip: " + what + " (expected: whole gzip members and nothing else)");
	}

	/**
	 * Gives back the memory outside the heap. May be called while others read, who then
	 * get no more.
	 */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.inflater.end();
	}

	/** What the bytes at hand give. */
	private final class Pieces implements Iterator<byte[]> {

		private byte @Nullable [] next;

		@Override
		public boolean hasNext() {
			if (this.next == null) {
				this.next = Gunzip.this.next();
			}
			return this.next != null;
		}

		@Override
		public byte[] next() {
			hasNext();
			byte[] bytes = this.next;
			if (bytes == null) {
				throw new NoSuchElementException();
			}
			this.next = null;
			return bytes;
		}

	}

}
