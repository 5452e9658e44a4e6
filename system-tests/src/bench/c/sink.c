/*
 * A measuring SMTP sink: takes every mail, keeps none, and tells when each recipient's first mail arrived. One thread, epoll, on
 * 127.0.0.1 only. It costs little CPU, always about the same, so that it hardly takes part in what is measured.
 *
 *   sink -p SMTP_PORT -c CONTROL_PORT
 *
 * Ends by itself when the process that started it does. Control, by HTTP GET:
 *   /stats                 counters as JSON; microseconds since 1970. otherMessageIds: mails to a recipient whose first mail had another
 *                          Message-ID; underWay: mails that are not answered yet
 *   /reset                 forgets everything but the latency
 *   /latency?ms=N          from now on the answer to the end of a mail comes N milliseconds later, as from a relay that is far away
 *   /arrivals?prefix=TEXT  a line for each recipient that begins with TEXT: address, blank, microseconds of its first mail
 *   /last                  the last mail, as it came
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define ADDRESS_MAX 255
#define PARENT_CHECKED_EVERY_NS 1000000000ull

typedef uint64_t u64;

/* Growing bytes. */
typedef struct {
	char *at;
	size_t size, room;
} Buffer;

typedef struct Connection {
	int fd;
	int is_control;
	Buffer in, out;
	size_t searched; /* how much of a mail under way holds no end */
	int in_mail;     /* between DATA and the end of the mail */
	int has_recipient;
	int answers_later; /* what is in out waits for its time; nothing is read meanwhile */
	int closes;        /* once out is written */
	char recipient[ADDRESS_MAX + 1];
	struct Connection *next_dead;
} Connection;

/* A connection's answer is due. */
typedef struct {
	u64 at;
	Connection *connection;
} Due;

/* Open addressing, by hash. */
typedef struct {
	u64 *hashes;
	uint32_t *values;
	size_t room, count;
} Table;

typedef struct {
	size_t address; /* where it begins in addresses */
	u64 first_micros;
	u64 message_id; /* of the first mail, by hash */
} Recipient;

static struct {
	u64 mails, bytes, repeated_recipients, repeated_message_ids, other_message_ids, without_message_id;
	u64 connections, open, most_open, first, last;
} stats;

static int events;
static double latency_ms;
static Due *due;
static size_t due_count, due_room;
static Table recipients_by_hash, message_ids;
static Recipient *recipients;
static size_t recipients_room;
static Buffer addresses, last_mail;
static Connection *dead;

static void *require(void *memory) {
	if (memory == NULL) {
		fprintf(stderr, "sink: out of memory\n");
		exit(1);
	}
	return memory;
}

static u64 clock_ns(clockid_t clock) {
	struct timespec time;
	clock_gettime(clock, &time);
	return (u64)time.tv_sec * 1000000000ull + (u64)time.tv_nsec;
}

static u64 monotonic_ns(void) { return clock_ns(CLOCK_MONOTONIC); }

static u64 now_micros(void) { return clock_ns(CLOCK_REALTIME) / 1000; }

static void reserve(Buffer *buffer, size_t more) {
	if (buffer->size + more <= buffer->room) {
		return;
	}
	size_t room = buffer->room ? buffer->room : 1024;
	while (room < buffer->size + more) {
		room *= 2;
	}
	buffer->at = require(realloc(buffer->at, room));
	buffer->room = room;
}

static void append(Buffer *buffer, const char *bytes, size_t size) {
	reserve(buffer, size);
	memcpy(buffer->at + buffer->size, bytes, size);
	buffer->size += size;
}

static void appendf(Buffer *buffer, const char *format, ...) {
	char text[1024];
	va_list arguments;
	va_start(arguments, format);
	int size = vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	append(buffer, text, (size_t)size < sizeof text ? (size_t)size : sizeof text - 1);
}

static void drop(Buffer *buffer, size_t size) {
	memmove(buffer->at, buffer->at + size, buffer->size - size);
	buffer->size -= size;
}

static void release(Buffer *buffer) {
	free(buffer->at);
	*buffer = (Buffer){0};
}

static u64 hash_of(const char *text, size_t size) {
	u64 hash = 1469598103934665603ull;
	for (size_t i = 0; i < size; i++) {
		hash = (hash ^ (unsigned char)text[i]) * 1099511628211ull;
	}
	hash ^= hash >> 32;
	hash *= 0x9E3779B97F4A7C15ull;
	hash ^= hash >> 29;
	return hash ? hash : 1;
}

static size_t place_of(const Table *table, u64 hash) {
	size_t place = hash & (table->room - 1);
	while (table->hashes[place] && table->hashes[place] != hash) {
		place = (place + 1) & (table->room - 1);
	}
	return place;
}

static void grow(Table *table) {
	Table larger = {.room = table->room ? table->room * 2 : 1 << 16, .count = table->count};
	larger.hashes = require(calloc(larger.room, sizeof *larger.hashes));
	larger.values = require(calloc(larger.room, sizeof *larger.values));
	for (size_t i = 0; i < table->room; i++) {
		if (table->hashes[i]) {
			size_t place = place_of(&larger, table->hashes[i]);
			larger.hashes[place] = table->hashes[i];
			larger.values[place] = table->values[i];
		}
	}
	free(table->hashes);
	free(table->values);
	*table = larger;
}

/*
 * The number that it has, counted from 0 in the order of arrival; it was new if the table holds one more by now. Two texts of one hash
 * count as one: at a million texts that happens once in 37 million times.
 */
static size_t add(Table *table, u64 hash) {
	if (table->count * 2 >= table->room) {
		grow(table);
	}
	size_t place = place_of(table, hash);
	if (!table->hashes[place]) {
		table->hashes[place] = hash;
		table->values[place] = (uint32_t)table->count++;
	}
	return table->values[place];
}

static void clear(Table *table) {
	free(table->hashes);
	free(table->values);
	*table = (Table){0};
}

static void reset(void) {
	u64 open = stats.open;
	memset(&stats, 0, sizeof stats);
	stats.open = stats.most_open = open;
	clear(&recipients_by_hash);
	clear(&message_ids);
	release(&addresses);
	release(&last_mail);
	free(recipients);
	recipients = NULL;
	recipients_room = 0;
}

/* The connection's memory stays until the events at hand are done with: one of them may be its own. */
static void disconnect(Connection *connection) {
	if (connection->fd < 0) {
		return;
	}
	close(connection->fd);
	connection->fd = -1;
	if (!connection->is_control) {
		stats.open--;
	}
	release(&connection->in);
	release(&connection->out);
	if (!connection->answers_later) {
		connection->next_dead = dead;
		dead = connection;
	}
}

static void free_dead(void) {
	while (dead) {
		Connection *next = dead->next_dead;
		free(dead);
		dead = next;
	}
}

static void watch(Connection *connection, uint32_t what) {
	struct epoll_event event = {.events = what, .data.ptr = connection};
	epoll_ctl(events, EPOLL_CTL_MOD, connection->fd, &event);
}

static void flush(Connection *connection) {
	while (connection->out.size) {
		ssize_t sent = send(connection->fd, connection->out.at, connection->out.size, MSG_NOSIGNAL);
		if (sent < 0 && errno == EAGAIN) {
			watch(connection, EPOLLIN | EPOLLOUT);
			return;
		}
		if (sent <= 0) {
			disconnect(connection);
			return;
		}
		drop(&connection->out, (size_t)sent);
	}
	if (connection->closes) {
		disconnect(connection);
	}
}

static void answer(Connection *connection, const char *text) { append(&connection->out, text, strlen(text)); }

static void push_due(Due entry) {
	if (due_count == due_room) {
		due_room = due_room ? due_room * 2 : 1024;
		due = require(realloc(due, due_room * sizeof *due));
	}
	size_t i = due_count++;
	while (i && due[(i - 1) / 2].at > entry.at) {
		due[i] = due[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	due[i] = entry;
}

static Due pop_due(void) {
	Due first = due[0], moved = due[--due_count];
	size_t i = 0;
	for (size_t child = 1; child < due_count; child = 2 * i + 1) {
		if (child + 1 < due_count && due[child + 1].at < due[child].at) {
			child++;
		}
		if (due[child].at >= moved.at) {
			break;
		}
		due[i] = due[child];
		i = child;
	}
	due[i] = moved;
	return first;
}

static void delay(Connection *connection) {
	if (latency_ms > 0) {
		connection->answers_later = 1;
		push_due((Due){monotonic_ns() + (u64)(latency_ms * 1e6), connection});
	}
}

/* The Message-ID in a mail's header; 0 bytes if there is none. */
static size_t message_id(const char *mail, size_t size, const char **found) {
	static const char field[] = "message-id:";
	const char *line = mail, *end = mail + size;
	while (line < end) {
		const char *newline = memchr(line, '\n', (size_t)(end - line));
		if (!newline || newline - line <= 1) {
			return 0;
		}
		if ((size_t)(newline - line) > sizeof field - 1 && !strncasecmp(line, field, sizeof field - 1)) {
			const char *value = line + sizeof field - 1;
			while (value < newline && *value == ' ') {
				value++;
			}
			*found = value;
			return (size_t)(newline - value) - (newline > value && newline[-1] == '\r');
		}
		line = newline + 1;
	}
	return 0;
}

static void count_recipient(const char *address, u64 time, u64 message_id) {
	size_t size = strlen(address), known = recipients_by_hash.count;
	size_t index = add(&recipients_by_hash, hash_of(address, size));
	if (index < known) {
		stats.repeated_recipients++;
		stats.other_message_ids += recipients[index].message_id != message_id;
		return;
	}
	if (index == recipients_room) {
		recipients_room = recipients_room ? recipients_room * 2 : 1 << 16;
		recipients = require(realloc(recipients, recipients_room * sizeof *recipients));
	}
	recipients[index] = (Recipient){addresses.size, time, message_id};
	append(&addresses, address, size + 1);
}

static void count_message_id(u64 message_id) {
	size_t known = message_ids.count;
	stats.repeated_message_ids += add(&message_ids, message_id) < known;
}

static void take_mail(Connection *connection, const char *mail, size_t size) {
	u64 time = now_micros();
	stats.mails++;
	stats.bytes += size;
	stats.last = time;
	if (!stats.first) {
		stats.first = time;
	}
	const char *id = NULL;
	size_t id_size = message_id(mail, size, &id);
	u64 hash = id_size ? hash_of(id, id_size) : 0;
	count_recipient(connection->recipient, time, hash);
	if (hash) {
		count_message_id(hash);
	}
	else {
		stats.without_message_id++;
	}
	last_mail.size = 0;
	append(&last_mail, mail, size);
	connection->has_recipient = 0;
	answer(connection, "250 2.0.0 Ok: counted\r\n");
	delay(connection);
}

static void take_recipient(Connection *connection, const char *line) {
	const char *start = strchr(line, '<'), *end = start ? strchr(start, '>') : NULL;
	if (!end || end - start - 1 > ADDRESS_MAX) {
		answer(connection, "501 5.1.3 no address\r\n");
		return;
	}
	memcpy(connection->recipient, start + 1, (size_t)(end - start - 1));
	connection->recipient[end - start - 1] = 0;
	connection->has_recipient = 1;
	answer(connection, "250 2.1.5 Ok\r\n");
}

static void take_line(Connection *connection, const char *line) {
	if (!strncasecmp(line, "EHLO", 4)) {
		answer(connection, "250-sink\r\n250-PIPELINING\r\n250-SIZE 52428800\r\n250-8BITMIME\r\n250 ENHANCEDSTATUSCODES\r\n");
	}
	else if (!strncasecmp(line, "HELO", 4)) {
		answer(connection, "250 sink\r\n");
	}
	else if (!strncasecmp(line, "MAIL FROM:", 10)) {
		connection->has_recipient = 0;
		answer(connection, "250 2.1.0 Ok\r\n");
	}
	else if (!strncasecmp(line, "RCPT TO:", 8)) {
		take_recipient(connection, line);
	}
	else if (!strcasecmp(line, "DATA")) {
		connection->in_mail = connection->has_recipient;
		connection->searched = 0;
		answer(connection, connection->has_recipient ? "354 go on\r\n" : "554 5.5.1 no recipient\r\n");
	}
	else if (!strcasecmp(line, "RSET") || !strcasecmp(line, "NOOP")) {
		answer(connection, "250 2.0.0 Ok\r\n");
	}
	else if (!strcasecmp(line, "QUIT")) {
		answer(connection, "221 2.0.0 Bye\r\n");
		connection->closes = 1;
	}
	else {
		answer(connection, "502 5.5.2 not known here\r\n");
	}
}

/* How many bytes of what came were used up: none if a line or a mail is not complete. */
static size_t step(Connection *connection, char *at, size_t size) {
	if (!connection->in_mail) {
		char *newline = memchr(at, '\n', size);
		if (!newline) {
			return 0;
		}
		*newline = 0;
		if (newline > at && newline[-1] == '\r') {
			newline[-1] = 0;
		}
		take_line(connection, at);
		return (size_t)(newline - at) + 1;
	}
	if (size >= 3 && !memcmp(at, ".\r\n", 3)) {
		connection->in_mail = 0;
		take_mail(connection, at, 0);
		return 3;
	}
	size_t from = connection->searched > 4 ? connection->searched - 4 : 0;
	char *end = from < size ? memmem(at + from, size - from, "\r\n.\r\n", 5) : NULL;
	if (!end) {
		connection->searched = size;
		return 0;
	}
	connection->in_mail = 0;
	take_mail(connection, at, (size_t)(end - at) + 2);
	return (size_t)(end - at) + 5;
}

static void append_stats(Buffer *body) {
	appendf(body,
			"{\"mails\":%llu,\"recipients\":%zu,\"repeatedRecipients\":%llu,\"messageIds\":%zu,\"repeatedMessageIds\":%llu,"
			"\"otherMessageIds\":%llu,\"withoutMessageId\":%llu,\"underWay\":%zu,\"bytes\":%llu,\"connections\":%llu,"
			"\"open\":%llu,\"mostOpen\":%llu,\"latencyMs\":%.3f,\"firstMicros\":%llu,\"lastMicros\":%llu,\"nowMicros\":%llu}\n",
			(unsigned long long)stats.mails, recipients_by_hash.count, (unsigned long long)stats.repeated_recipients,
			message_ids.count, (unsigned long long)stats.repeated_message_ids, (unsigned long long)stats.other_message_ids,
			(unsigned long long)stats.without_message_id, due_count, (unsigned long long)stats.bytes, (unsigned long long)stats.connections, (unsigned long long)stats.open, (unsigned long long)stats.most_open, latency_ms,
			(unsigned long long)stats.first, (unsigned long long)stats.last, (unsigned long long)now_micros());
}

static void append_arrivals(Buffer *body, const char *prefix) {
	size_t size = strlen(prefix);
	for (size_t i = 0; i < recipients_by_hash.count; i++) {
		const char *address = addresses.at + recipients[i].address;
		if (!strncmp(address, prefix, size)) {
			appendf(body, "%s %llu\n", address, (unsigned long long)recipients[i].first_micros);
		}
	}
}

static void respond(Connection *connection, const char *status, const char *type, const Buffer *body) {
	appendf(&connection->out, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n", status, type,
			body->size);
	append(&connection->out, body->at ? body->at : "", body->size);
	connection->closes = 1;
	flush(connection);
}

static void control(Connection *connection) {
	if (!memmem(connection->in.at, connection->in.size, "\r\n\r\n", 4)) {
		return;
	}
	append(&connection->in, "", 1);
	char target[512] = "";
	sscanf(connection->in.at, "GET %511s", target);
	Buffer body = {0};
	const char *type = "application/json";
	const char *status = "200 OK";
	if (!strcmp(target, "/reset")) {
		reset();
		append_stats(&body);
	}
	else if (!strncmp(target, "/latency?ms=", 12)) {
		latency_ms = atof(target + 12);
		append_stats(&body);
	}
	else if (!strncmp(target, "/arrivals?prefix=", 17)) {
		type = "text/plain";
		append_arrivals(&body, target + 17);
	}
	else if (!strcmp(target, "/last")) {
		type = "message/rfc822";
		append(&body, last_mail.at ? last_mail.at : "", last_mail.size);
	}
	else if (!strcmp(target, "/stats")) {
		append_stats(&body);
	}
	else {
		status = "404 Not Found";
	}
	respond(connection, status, type, &body);
	release(&body);
}

static void process(Connection *connection) {
	if (connection->is_control) {
		control(connection);
		return;
	}
	size_t used = 0;
	while (!connection->answers_later && !connection->closes && used < connection->in.size) {
		size_t more = step(connection, connection->in.at + used, connection->in.size - used);
		if (!more) {
			break;
		}
		used += more;
	}
	drop(&connection->in, used);
	if (!connection->answers_later) {
		flush(connection);
	}
}

static void receive(Connection *connection) {
	for (;;) {
		reserve(&connection->in, 16384);
		size_t room = connection->in.room - connection->in.size;
		ssize_t size = recv(connection->fd, connection->in.at + connection->in.size, room, 0);
		if (size == 0 || (size < 0 && errno != EAGAIN)) {
			disconnect(connection);
			return;
		}
		if (size < 0) {
			break;
		}
		connection->in.size += (size_t)size;
		if ((size_t)size < room) {
			break;
		}
	}
	if (!connection->answers_later) {
		process(connection);
	}
}

static void accept_all(int listener, int is_control) {
	for (;;) {
		int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd < 0) {
			return;
		}
		int on = 1;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		Connection *connection = require(calloc(1, sizeof *connection));
		connection->fd = fd;
		connection->is_control = is_control;
		struct epoll_event event = {.events = EPOLLIN, .data.ptr = connection};
		epoll_ctl(events, EPOLL_CTL_ADD, fd, &event);
		if (!is_control) {
			stats.connections++;
			if (++stats.open > stats.most_open) {
				stats.most_open = stats.open;
			}
			answer(connection, "220 sink ESMTP\r\n");
			flush(connection);
		}
	}
}

static void answer_what_is_due(void) {
	u64 time = monotonic_ns();
	while (due_count && due[0].at <= time) {
		Connection *connection = pop_due().connection;
		connection->answers_later = 0;
		if (connection->fd < 0) {
			free(connection);
			continue;
		}
		flush(connection);
		if (connection->fd >= 0) {
			process(connection);
		}
	}
}

static int listen_on(int port) {
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), on = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(fd, (struct sockaddr *)&address, sizeof address) || listen(fd, 4096)) {
		fprintf(stderr, "sink: port %d: %s\n", port, strerror(errno));
		exit(1);
	}
	return fd;
}

static void serve(int smtp, int control_port) {
	static Connection smtp_listener, control_listener;
	pid_t parent = getppid();
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = &smtp_listener};
	epoll_ctl(events, EPOLL_CTL_ADD, smtp, &event);
	event.data.ptr = &control_listener;
	epoll_ctl(events, EPOLL_CTL_ADD, control_port, &event);
	struct epoll_event ready[512];
	while (getppid() == parent) {
		u64 wait = PARENT_CHECKED_EVERY_NS;
		if (due_count) {
			u64 time = monotonic_ns();
			u64 rest = due[0].at > time ? due[0].at - time : 0;
			wait = rest < wait ? rest : wait;
		}
		struct timespec timeout = {.tv_sec = (time_t)(wait / 1000000000ull), .tv_nsec = (long)(wait % 1000000000ull)};
		int count = epoll_pwait2(events, ready, 512, &timeout, NULL);
		for (int i = 0; i < count; i++) {
			Connection *connection = ready[i].data.ptr;
			if (connection == &smtp_listener) {
				accept_all(smtp, 0);
			}
			else if (connection == &control_listener) {
				accept_all(control_port, 1);
			}
			else {
				if (connection->fd >= 0 && (ready[i].events & EPOLLOUT)) {
					watch(connection, EPOLLIN);
					flush(connection);
				}
				if (connection->fd >= 0 && (ready[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))) {
					receive(connection);
				}
			}
		}
		free_dead();
		answer_what_is_due();
		free_dead();
	}
}

int main(int count, char **arguments) {
	int option, smtp_port = 0, control_port = 0;
	while ((option = getopt(count, arguments, "p:c:")) > 0) {
		if (option == 'p') {
			smtp_port = atoi(optarg);
		}
		else if (option == 'c') {
			control_port = atoi(optarg);
		}
	}
	if (smtp_port <= 0 || control_port <= 0) {
		fprintf(stderr, "usage: sink -p SMTP_PORT -c CONTROL_PORT\n");
		return 2;
	}
	signal(SIGPIPE, SIG_IGN);
	events = epoll_create1(EPOLL_CLOEXEC);
	serve(listen_on(smtp_port), listen_on(control_port));
	return 0;
}
