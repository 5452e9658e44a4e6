package com.banqup.invitations.systemtests.bench.baseline;

import java.util.List;

/**
 * What a caller asks for, and the topic carries.
 */
public record Invitation(String email, String clientName, String partnerName, String message,
		List<String> permissions) {
}
