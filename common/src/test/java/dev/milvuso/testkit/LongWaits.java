package dev.milvuso.testkit;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets every test of every module wait longer than Awaitility does by itself for what is to come: on a quick machine it
 * comes as soon, and on a slow one it comes.
 */
public final class LongWaits implements TestExecutionListener {
    private static final Duration LONG = Duration.ofSeconds(40);

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
        Awaitility.setDefaultTimeout(LONG);
    }
}
