package com.banqup.invitations.acceptance.page;

import java.time.Duration;

import reactor.core.publisher.Mono;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** Serves style sheet and icon. */
@Controller
class AssetController {

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final Assets assets;

	AssetController(Assets assets) {
		this.assets = assets;
	}

	@GetMapping("/assets/{version}/{name}")
	Mono<ResponseEntity<byte[]>> serveAsset(@PathVariable String version, @PathVariable String name) {
		return Mono.justOrEmpty(this.assets.find("/assets/%s/%s".formatted(version, name)))
			.map((asset) -> ResponseEntity.ok().cacheControl(FOR_EVER).contentType(asset.type()).body(asset.content()))
			.switchIfEmpty(Mono.error(() -> new ResponseStatusException(HttpStatus.NOT_FOUND)));
	}

}
