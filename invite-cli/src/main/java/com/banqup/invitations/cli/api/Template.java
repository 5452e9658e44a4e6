package com.banqup.invitations.cli.api;

import java.util.UUID;

/** A configuration template. */
public record Template(UUID id, String name) {
}
