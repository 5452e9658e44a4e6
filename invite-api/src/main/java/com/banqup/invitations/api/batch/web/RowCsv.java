package com.banqup.invitations.api.batch.web;

import java.io.StringWriter;
import java.util.List;

import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.text.FormulaGuard;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import org.jspecify.annotations.Nullable;

/** Rows as lines of CSV that no spreadsheet takes for formulas. */
final class RowCsv {

	/** The first line, after the byte order mark. */
	static final String HEADER = "\uFEFF"
			+ "row,line,rowRef,state,reason,detail,clientId,invitationId,delivery,deliveryReason\r\n";

	private RowCsv() {
	}

	static String lines(List<ListedRow> rows) {
		StringWriter lines = new StringWriter(200 * rows.size());
		CsvWriter csv = CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.CRLF).build(lines);
		for (ListedRow row : rows) {
			csv.writeRecord(Integer.toString(row.number()), Integer.toString(row.line()), cell(row.rowRef()),
					row.state().name(), cell(row.reason()), cell(row.detail()), cell(row.clientId()),
					cell(row.invitationId()), cell(row.delivery()), cell(row.deliveryReason()));
		}
		return lines.toString();
	}

	private static String cell(@Nullable Object value) {
		return (value != null) ? FormulaGuard.guard(value.toString()) : "";
	}

}
