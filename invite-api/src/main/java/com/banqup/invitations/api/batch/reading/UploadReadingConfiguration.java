package com.banqup.invitations.api.batch.reading;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sets up what reads uploads. */
@Configuration(proxyBeanMethods = false)
class UploadReadingConfiguration {

	/**
	 * Threads of their own: a small body can swell to 512 MB, and while it is read no
	 * other request may wait for it.
	 */
	@Bean(destroyMethod = "dispose")
	Scheduler uploadReaders(UploadProperties properties) {
		return Schedulers.newParallel("upload-reader", properties.readers(), true);
	}

	@Bean
	UploadReader uploadReader(UploadProperties properties, Scheduler uploadReaders) {
		return new UploadReader(properties, uploadReaders);
	}

}
