package com.banqup.invitations.api.batch.reading;

import java.time.Duration;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What one upload may be.
 *
 * @param maxRows how many rows it may have, and how many blank ones beside
 * @param maxSize how large it may be, both as it comes and decompressed
 * @param maxLine how long a line of NDJSON or a record of CSV may be; longer ones are
 * passed over, so this is also how much of an upload is held at a time
 * @param idleTimeout how long its sender may send nothing while it is waited for
 * @param minRate how much a second its sender must send on average, counting only the
 * time it is waited for, once it was waited for longer than the idle timeout
 * @param longest how long an upload may go on for, however it comes
 * @param readers how many threads read uploads: decompress them and make rows of them
 */
@Validated
@ConfigurationProperties("invite.batches.upload")
public record UploadProperties(@DefaultValue("1000000") @Min(1) @Max(10_000_000) int maxRows,
		@DefaultValue("512MB") @NotNull DataSize maxSize, @DefaultValue("64KB") @NotNull DataSize maxLine,
		@DefaultValue("30s") @NotNull Duration idleTimeout, @DefaultValue("1KB") @NotNull DataSize minRate,
		@DefaultValue("1h") @NotNull Duration longest, @DefaultValue("2") @Min(1) @Max(64) int readers) {

	/** The longest message, escaped, and the other fields beside it. */
	private static final DataSize LEAST_LINE = DataSize.ofKilobytes(16);

	private static final DataSize MOST_LINE = DataSize.ofMegabytes(16);

	public UploadProperties {
		require(maxSize.toBytes() >= maxLine.toBytes(), "max-size", maxSize, "at least max-line, " + maxLine);
		require(maxLine.toBytes() >= LEAST_LINE.toBytes() && maxLine.toBytes() <= MOST_LINE.toBytes(), "max-line",
				maxLine, LEAST_LINE + ".." + MOST_LINE);
		require(idleTimeout.isPositive(), "idle-timeout", idleTimeout, "more than 0");
		require(longest.compareTo(idleTimeout) >= 0, "longest", longest, "at least idle-timeout, " + idleTimeout);
		require(!minRate.isNegative(), "min-rate", minRate, "0 or more");
	}

	private static void require(boolean condition, String name, Object value, String expected) {
		if (!condition) {
			throw new IllegalArgumentException(
					"invite.batches.upload." + name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
