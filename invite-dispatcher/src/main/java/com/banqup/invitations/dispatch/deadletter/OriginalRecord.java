package com.banqup.invitations.dispatch.deadletter;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came from Kafka, byte by byte.
 *
 * @param topic the topic it came from
 * @param partition its partition
 * @param offset its offset
 * @param timestamp the record's own time
 * @param key its key, null when it had none
 * @param value its value, null when it had none
 * @param headers its headers, in order
 */
public record OriginalRecord(String topic, int partition, long offset, Instant timestamp, byte @Nullable [] key,
		byte @Nullable [] value, List<RecordHeader> headers) {

	public OriginalRecord(String topic, int partition, long offset, Instant timestamp, byte @Nullable [] key,
			byte @Nullable [] value, List<RecordHeader> headers) {
		this.topic = topic;
		this.partition = partition;
		this.offset = offset;
		this.timestamp = timestamp;
		this.key = key;
		this.value = value;
		this.headers = List.copyOf(headers);
	}

	/** The headers in a form that is stored. */
	public byte[] headerBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			out.writeInt(this.headers.size());
			for (RecordHeader header : this.headers) {
				writeBytes(out, header.name().getBytes(StandardCharsets.UTF_8));
				writeBytes(out, header.value());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** The headers from the form that {@link #headerBytes()} gives. */
	public static List<RecordHeader> headersOf(byte[] bytes) {
		List<RecordHeader> headers = new ArrayList<>();
		try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
			int count = in.readInt();
			for (int i = 0; i < count; i++) {
				byte[] name = Objects.requireNonNull(readBytes(in), "header without a name");
				headers.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), readBytes(in)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return headers;
	}

	private static void writeBytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
		out.writeInt((bytes != null) ? bytes.length : -1);
		if (bytes != null) {
			out.write(bytes);
		}
	}

	private static byte @Nullable [] readBytes(DataInputStream in) throws IOException {
		int length = in.readInt();
		return (length >= 0) ? in.readNBytes(length) : null;
	}

	/** Without the content, which is personal data. */
	@Override
	public String toString() {
		return "%s-%d@%d".formatted(this.topic, this.partition, this.offset);
	}

}
