package dev.milvuso.joiner.core;

import dev.milvuso.example.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One item of one request on which something has been posted. Immutable.
 *
 * @param modelVersion what the served list was made with; empty while no list is known
 * @param posted impressions that the site has reported
 * @param answer the first action that answered
 * @param closes event time in milliseconds at which the waiting ends
 */
public record Slot(
        String item,
        String modelVersion,
        List<TrainingExample> posted,
        @Nullable TrainingExample answer,
        long closes) {
    public Slot {
        posted = List.copyOf(posted);
    }

    boolean holds(String exampleId) {
        for (TrainingExample impression : posted) {
            if (impression.exampleId().equals(exampleId)) {
                return true;
            }
        }
        return false;
    }

    Slot servedBy(Served list, long listCloses) {
        return new Slot(item, list.modelVersion(), posted, answer, Math.max(closes, listCloses));
    }

    Slot answeredBy(TrainingExample act, long actCloses) {
        return new Slot(item, modelVersion, posted, act, Math.max(closes, actCloses));
    }

    Slot seenIn(TrainingExample impression, long impressionCloses) {
        List<TrainingExample> more = new ArrayList<>(posted);
        more.add(impression);
        return new Slot(item, modelVersion, more, answer, Math.max(closes, impressionCloses));
    }
}
