package com.banqup.invitations.devstack;

/**
 * How to reach one database. The user owns it and is not a superuser.
 *
 * @param jdbcUrl for Flyway and JDBC
 * @param r2dbcUrl for R2DBC
 * @param username the owner
 * @param password the owner's password
 */
public record Database(String jdbcUrl, String r2dbcUrl, String username, String password) {
}
