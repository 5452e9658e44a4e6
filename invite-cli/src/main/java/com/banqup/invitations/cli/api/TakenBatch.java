package com.banqup.invitations.cli.api;

/**
 * The server's answer to an upload.
 *
 * @param repeated whether the same upload had been answered before
 */
public record TakenBatch(Batch batch, boolean repeated) {
}
