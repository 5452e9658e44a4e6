package com.banqup.invitations.dispatch.lag.kafka;

import java.util.List;
import java.util.Map;

import com.banqup.invitations.dispatch.lag.PartitionLag;
import org.apache.kafka.common.errors.ApiException;

/**
 * What the brokers told at one time.
 *
 * @param lags the lag of every partition that they tell about
 * @param refusals why there is nothing, or no time, about some groups
 */
record LagSample(List<PartitionLag> lags, Map<String, ApiException> refusals) {
}
