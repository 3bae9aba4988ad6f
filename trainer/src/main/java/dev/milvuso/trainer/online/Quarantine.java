package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Embedding;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;

/**
 * Keeps rows from being published that hold NaN, infinity or too much. Such a row begins anew, as if its id had just
 * come, without optimizer state; whoever reads keeps the last good one until the next example of the row. Freezing it
 * instead would leave it wrong for ever, and its partners would learn from it.
 *
 * @param largestNorm Euclidean, of a row that is published
 */
record Quarantine(double largestNorm, Counter withheld, Counter quarantined) {
    /** Whether the row may go; if not, it has begun anew. */
    boolean admits(ParameterTable table, int row, float[] vector) {
        double squares = 0;
        boolean servable = true;
        for (float number : vector) {
            squares += (double) number * number;
            servable &= Embedding.isServable(number);
        }
        if (servable && Math.sqrt(squares) <= largestNorm) {
            return true;
        }
        withheld.increment();
        quarantined.increment();
        table.moving(row);
        table.beginAnew(row);
        return false;
    }
}
