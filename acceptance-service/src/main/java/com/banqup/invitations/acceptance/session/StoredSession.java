package com.banqup.invitations.acceptance.session;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.session.Session;

/**
 * A session that knows what changed since it was read, so that concurrent requests of one
 * browser do not undo each other's changes. Used by one request at a time.
 */
public final class StoredSession implements Session {

	private static final SecureRandom RANDOM = new SecureRandom();

	private static final int ID_BYTES = 32;

	private @Nullable String storedId;

	private final Instant createdAt;

	private final Duration lifetime;

	private Instant storedLastSeenAt;

	private final Map<String, Object> attributes;

	private final Set<String> changed = new HashSet<>();

	private String id;

	private Instant lastSeenAt;

	private Duration idleTimeout;

	private StoredSession(@Nullable String storedId, String id, Map<String, Object> attributes, Instant createdAt,
			Instant lastSeenAt, SessionProperties properties) {
		this.storedId = storedId;
		this.id = id;
		this.attributes = new HashMap<>(attributes);
		this.createdAt = createdAt;
		this.storedLastSeenAt = lastSeenAt;
		this.lastSeenAt = lastSeenAt;
		this.idleTimeout = properties.idleTimeout();
		this.lifetime = properties.lifetime();
	}

	/** A session that is not stored yet. */
	public static StoredSession create(Instant now, SessionProperties properties) {
		return new StoredSession(null, newId(), Map.of(), now, now, properties);
	}

	/** A session as it is stored. */
	public static StoredSession restore(String id, Map<String, Object> attributes, Instant createdAt,
			Instant lastSeenAt, SessionProperties properties) {
		return new StoredSession(id, id, attributes, createdAt, lastSeenAt, properties);
	}

	private static String newId() {
		byte[] id = new byte[ID_BYTES];
		RANDOM.nextBytes(id);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(id);
	}

	/** The id that it is stored under, null when it is not stored yet. */
	public @Nullable String storedId() {
		return this.storedId;
	}

	/** Everything is stored as it is now. */
	public void stored() {
		this.storedId = this.id;
		this.storedLastSeenAt = this.lastSeenAt;
		this.changed.clear();
	}

	/** Names of attributes that were set or removed since it was read. */
	public Set<String> changedAttributes() {
		return Set.copyOf(this.changed);
	}

	/** Whether there is anything to store, apart from the time of the last request. */
	public boolean isChanged() {
		return !this.changed.isEmpty() || !this.id.equals(this.storedId);
	}

	/** How stale the stored time of the last request is. */
	public Duration staleness() {
		return Duration.between(this.storedLastSeenAt, this.lastSeenAt);
	}

	/** When it ends if nothing more is heard of it. */
	public Instant expiresAt() {
		Instant idleEnd = this.lastSeenAt.plus(this.idleTimeout);
		Instant lastEnd = this.createdAt.plus(this.lifetime);
		return idleEnd.isBefore(lastEnd) ? idleEnd : lastEnd;
	}

	@Override
	public String getId() {
		return this.id;
	}

	@Override
	public String changeSessionId() {
		this.id = newId();
		return this.id;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T getAttribute(String name) {
		return (T) this.attributes.get(name);
	}

	@Override
	public Set<String> getAttributeNames() {
		return Set.copyOf(this.attributes.keySet());
	}

	@Override
	public void setAttribute(String name, @Nullable Object value) {
		if (value == null) {
			removeAttribute(name);
			return;
		}
		this.attributes.put(name, value);
		this.changed.add(name);
	}

	@Override
	public void removeAttribute(String name) {
		this.attributes.remove(name);
		this.changed.add(name);
	}

	@Override
	public Instant getCreationTime() {
		return this.createdAt;
	}

	@Override
	public void setLastAccessedTime(Instant lastAccessedTime) {
		this.lastSeenAt = lastAccessedTime;
	}

	@Override
	public Instant getLastAccessedTime() {
		return this.lastSeenAt;
	}

	@Override
	public void setMaxInactiveInterval(Duration interval) {
		this.idleTimeout = interval;
	}

	@Override
	public Duration getMaxInactiveInterval() {
		return this.idleTimeout;
	}

	/** Expired sessions are never read: the store leaves them out. */
	@Override
	public boolean isExpired() {
		return false;
	}

	@Override
	public String toString() {
		return "StoredSession%s".formatted(this.attributes.keySet());
	}

}
