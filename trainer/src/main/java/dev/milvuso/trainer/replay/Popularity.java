package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;

/** The most chosen items so far, for everybody alike. */
record Popularity() implements Contestant {
    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public void replay(Replayed stream, Ranks ranks) {
        Timeline events = stream.events();
        int[] chosen = new int[events.itemIds().size()];
        for (int event = 0; event < stream.end(); event++) {
            if (stream.isRanked(event)) {
                ranks.set(event, stream.doubleRank(event, item -> chosen[item]));
            }
            chosen[events.item(event)] += events.isPositive(event) ? 1 : 0;
        }
    }
}
