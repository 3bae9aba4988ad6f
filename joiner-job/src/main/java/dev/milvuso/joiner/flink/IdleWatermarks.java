package dev.milvuso.joiner.flink;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** For a stream that must not hold time back. */
final class IdleWatermarks implements WatermarkGenerator<Fact> {
    @Override
    public void onEvent(Fact event, long timestamp, WatermarkOutput output) {
        output.markIdle();
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
