package com.banqup.invitations.systemtests.bench;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DistributionTests {

	@Test
	void takesTheMiddleOneOfAnOddNumber() {
		assertThat(Distribution.of(List.of(9.0, 1.0, 5.0)).median()).isEqualTo(5);
	}

	@Test
	void takesWhatLiesBetweenTheTwoInTheMiddleOfAnEvenNumber() {
		assertThat(Distribution.of(List.of(8.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
	}

	@Test
	void takesPercentilesByNearestRank() {
		Distribution hundred = Distribution.of(IntStream.rangeClosed(1, 100).mapToObj((i) -> (double) i).toList());

		assertThat(hundred.percentile(0.5)).isEqualTo(50);
		assertThat(hundred.percentile(0.99)).isEqualTo(99);
		assertThat(hundred.percentile(1)).isEqualTo(100);
		assertThat(hundred.least()).isEqualTo(1);
		assertThat(hundred.most()).isEqualTo(100);
	}

	@Test
	void countsTheSlowestOfAFewAsTheirPercentile() {
		assertThat(Distribution.of(List.of(1.0, 2.0, 70.0)).percentile(0.99)).isEqualTo(70);
		assertThat(Distribution.of(List.of(3.0)).percentile(0.01)).isEqualTo(3);
	}

	@Test
	void isOfSomething() {
		assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(List.of()));
	}

}
