package com.banqup.invitations.api.batch.reading;

/** The upload has more rows than one may have. */
public final class TooManyRows extends UploadRefused {

	private static final long serialVersionUID = 1L;

	TooManyRows(int max) {
		this(max, "rows");
	}

	private TooManyRows(int max, String what) {
		super("more than " + max + " " + what);
	}

	/** There are more blank records than there may be. */
	static TooManyRows blank(int max) {
		return new TooManyRows(max, "blank rows");
	}

	/** More clients are selected than a batch may have rows. */
	public static UploadRefused selected(int max) {
		return new TooManyRows(max, "clients are as the filter says").at(max + 1, 1);
	}

}
