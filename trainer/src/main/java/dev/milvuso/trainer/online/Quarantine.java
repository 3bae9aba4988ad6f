package dev.milvuso.trainer.online;

import dev.milvuso.embedding.Embedding;
import dev.milvuso.embedding.Kind;
import dev.milvuso.trainer.parameter.ParameterTable;
import io.micrometer.core.instrument.Counter;
import java.util.Arrays;

/**
 * Keeps rows from being published that hold NaN, infinity or too much. Such a row begins anew, as if its id had just
 * come, without optimizer state; whoever reads keeps the last good one until the next example of the row. Freezing it
 * instead would leave it wrong for ever, and its partners would learn from it.
 *
 * @param largestNorm Euclidean, of a row that is published
 */
record Quarantine(double largestNorm, long seed, Counter withheld, Counter quarantined) {
    /** Whether the row may go; if not, it has begun anew. */
    boolean admits(Kind kind, ParameterTable table, int row, float[] vector) {
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
        beginAnew(kind, table, row);
        return false;
    }

    private void beginAnew(Kind kind, ParameterTable table, int row) {
        table.moving(row);
        float[] numbers = table.chunk(row);
        int offset = table.offset(row);
        int last = offset + table.dimension() - 1;
        OnlineCore.initializer(kind, seed).fill(kind.label(), table.id(row), numbers, offset, table.dimension() - 1);
        numbers[last] = kind == Kind.USER ? 1 : 0;
        int state = table.stateOffset(row);
        Arrays.fill(table.stateChunk(row), state, state + table.stateWidth(), 0);
    }
}
