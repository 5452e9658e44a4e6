package com.banqup.invitations.cli.upload;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

import com.banqup.invitations.cli.api.Body;
import com.banqup.invitations.cli.api.Repetition;
import com.banqup.invitations.cli.api.TakenBatch;
import com.banqup.invitations.cli.api.Unreachable;

/**
 * Uploads a file, again from its beginning and with the same key where a connection
 * breaks: the server knows which rows it has and takes none twice.
 */
public final class Upload {

	private final Repetition repetition;

	public Upload(Repetition repetition) {
		this.repetition = repetition;
	}

	/**
	 * The batch, as it is when the server has every row.
	 * @param sent told how much of the file the current attempt has sent
	 * @throws FileChanged if the file is not what the key was made from when it is to be
	 * sent, for the first time or again
	 */
	public TakenBatch send(UploadFile file, String idempotencyKey, Request request, LongConsumer sent) {
		AtomicBoolean expectContinue = new AtomicBoolean(true);
		return this.repetition.call("Uploading", () -> {
			AtomicLong taken = new AtomicLong();
			file.requireUnchanged();
			try {
				return request.send(file.body(taken), idempotencyKey, expectContinue.get(),
						() -> sent.accept(taken.get()));
			}
			catch (Unreachable ex) {
				file.requireUnchanged();
				if (taken.get() == 0) {
					// Perhaps something between us and the server keeps its consent.
					expectContinue.set(false);
				}
				throw ex;
			}
		});
	}

	/** One attempt. */
	public interface Request {

		TakenBatch send(Body body, String idempotencyKey, boolean expectContinue, Runnable look);

	}

}
