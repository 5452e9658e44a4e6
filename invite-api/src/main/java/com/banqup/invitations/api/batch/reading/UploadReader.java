package com.banqup.invitations.api.batch.reading;

import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Signal;
import reactor.core.scheduler.Scheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * Reads uploads of bulk invitations: NDJSON, CSV and JSON, compressed with gzip or not.
 * Rows are made as they are asked for, on the readers' threads, never on those that bring
 * bytes or ask for rows; no more is held of an upload than a record and what the network
 * brought last.
 */
public class UploadReader {

	private final UploadProperties properties;

	private final Scheduler readers;

	/**
	 * Creates a reader.
	 * @param properties what an upload may be
	 * @param readers where uploads are read
	 */
	public UploadReader(UploadProperties properties, Scheduler readers) {
		this.properties = properties;
		this.readers = readers;
	}

	/**
	 * What is made of an upload. The use begins when it is clear that there is something
	 * to use: the first row, or the whole selection. Until then nothing was done, and the
	 * Mono errors with an {@link UploadRefused}. Afterwards the rows error with one. When
	 * the use is over or cancelled, so is the upload.
	 * @param contentType how it is written
	 * @param headers say how it is compressed
	 * @param body its bytes
	 * @param use what to do with it
	 */
	public <T> Mono<T> read(@Nullable MediaType contentType, HttpHeaders headers, Flux<DataBuffer> body,
			Function<? super Upload, ? extends Mono<T>> use) {
		return readAll(contentType, headers, body, use).singleOrEmpty();
	}

	/** For uses that make several things of an upload. */
	<T> Flux<T> readAll(@Nullable MediaType contentType, HttpHeaders headers, Flux<DataBuffer> body,
			Function<? super Upload, ? extends Publisher<T>> use) {
		return Flux.defer(() -> pieces(UploadFormat.of(contentType), UploadFormat.isGzip(headers), body))
			.switchOnFirst((first, pieces) -> used(first, pieces, use));
	}

	private static <T> Publisher<T> used(Signal<? extends Piece> first, Flux<Piece> pieces,
			Function<? super Upload, ? extends Publisher<T>> use) {
		return switch (first.get()) {
			case Piece.Opening opening ->
				use.apply(new Upload.Rows(pieces.skip(1).cast(Piece.Row.class).map(Piece.Row::row),
						opening.ignoredColumns()));
			case Piece.Described described -> use.apply(new Upload.Selection(described.clients()));
			case Piece.Row row -> throw new IllegalStateException("a row before the opening");
			case null -> pieces.then(Mono.empty());
		};
	}

	private Flux<Piece> pieces(UploadFormat format, boolean gzip, Flux<DataBuffer> body) {
		PieceReader reader = format.reader(this.properties);
		return (gzip ? decompressed(body) : Reception.of(body, this.properties, Long.MAX_VALUE))
			.concatMap((bytes) -> byReaders(() -> reader.piecesOf(bytes)), 0)
			.concatWith(byReaders(reader::piecesAtEnd))
			.onErrorMap(UploadRefused.class, reader::located);
	}

	private Flux<byte[]> decompressed(Flux<DataBuffer> body) {
		return Flux.using(Gunzip::new,
				(gunzip) -> Reception.of(body, this.properties, this.properties.maxSize().toBytes())
					.concatMap((bytes) -> byReaders(() -> gunzip.piecesOf(bytes)), 0)
					.concatWith(Mono.fromRunnable(gunzip::requireEnd)),
				Gunzip::close);
	}

	/** Whoever brings the bytes, and whoever asks for more. */
	private <T> Flux<T> byReaders(Supplier<Iterable<T>> pieces) {
		return Flux.defer(() -> Flux.fromIterable(pieces.get())).subscribeOn(this.readers);
	}

}
