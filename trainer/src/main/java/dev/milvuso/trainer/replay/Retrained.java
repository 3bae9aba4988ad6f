package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A batch model that is replaced by one trained on everything so far at the beginning of a part, or never again after
 * the first part.
 *
 * @param models the model as of the beginning of a part
 */
record Retrained(String name, boolean again, IntFunction<BatchModel> models) implements Contestant {
    @Override
    public void replay(Replayed stream, Ranks ranks) {
        Timeline events = stream.events();
        for (int part = 1; part < Replayed.PARTS && stream.begin(part) < stream.end(); part++) {
            BatchModel model = models.apply(again ? part : 1);
            IntStream.range(stream.begin(part), stream.begin(part + 1))
                    .parallel()
                    .filter(stream::isRanked)
                    .forEach(event ->
                            ranks.set(event, stream.doubleRank(event, item -> model.score(events.user(event), item))));
        }
    }
}
