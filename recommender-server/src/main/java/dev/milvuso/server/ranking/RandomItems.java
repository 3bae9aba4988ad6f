package dev.milvuso.server.ranking;

import dev.milvuso.server.catalogue.ItemSlots;
import dev.milvuso.server.recommend.CandidateSource;
import dev.milvuso.server.recommend.Candidates;
import dev.milvuso.server.recommend.Visit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * As many items as it has places in the list, each of those that fit and are no candidates yet as likely as any other,
 * marked with the probability of having been drawn. In a large catalogue how many these are is estimated from a sample.
 *
 * @param quota share of the list
 * @param random for one request each
 */
public record RandomItems(double quota, ItemSlots slots, Supplier<RandomGenerator> random) implements CandidateSource {
    public static final String NAME = "random";

    private static final int SAMPLE = 2048;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String explanation() {
        return "drawn at random";
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        int places = Math.min(room, (int) Math.round(quota * visit.query().count()));
        int size = slots.size();
        if (places == 0 || size == 0) {
            return;
        }
        RandomGenerator chance = random.get();
        int[] drawn = new int[places];
        int looked = Math.min(size, SAMPLE);
        int fitting = 0;
        for (int i = 0; i < looked; i++) {
            int slot = size <= SAMPLE ? i : chance.nextInt(size);
            if (!into.contains(slot) && visit.fits().test(slot)) {
                // Of a stream of unknown length each is kept with equal probability.
                int place = fitting < places ? fitting : chance.nextInt(fitting + 1);
                fitting++;
                if (place < places) {
                    drawn[place] = slot;
                }
            }
        }
        add(into, drawn, Math.min(places, fitting), self, (double) fitting * size / looked);
    }

    private static void add(Candidates into, int[] drawn, int count, int self, double among) {
        float probability = (float) Math.min(1, count / among);
        for (int i = 0; i < count; i++) {
            // Twice the same is possible where the sample was drawn.
            if (into.add(drawn[i], 0, self)) {
                into.probability(into.size() - 1, probability);
            }
        }
    }
}
