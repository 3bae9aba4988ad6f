package dev.milvuso.trainer.replay;

import dev.milvuso.trainer.data.Timeline;
import dev.milvuso.trainer.model.FactorModel;
import dev.milvuso.trainer.online.OnlineCore;
import dev.milvuso.trainer.parameter.ParameterTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the online trainer does: every event is ranked, then learned from.
 *
 * @param begin the batch model of the first part that it goes on from; empty: it learns the first part online too
 * @param ranked whether items are ordered by the second-stage ranker and not as retrieval has them
 */
record Online(OnlineCore core, Optional<Supplier<BatchModel>> begin, boolean ranked) implements Contestant {
    @Override
    public String name() {
        return ranked ? "ranker" : "online";
    }

    @Override
    public void replay(Replayed stream, Ranks ranks) {
        Timeline events = stream.events();
        Rows users = Rows.of(core.model().users(), events.userIds());
        Rows items = Rows.of(core.model().items(), events.itemIds());
        int[] chosen = new int[events.itemIds().size()];
        for (int event = 0; event < stream.end(); event++) {
            if (event == stream.first()) {
                begin.ifPresent(model -> goOn(model.get().factors()));
            }
            if (stream.isRanked(event)) {
                int user = users.find(events.user(event));
                if (ranked && user >= 0) {
                    core.ranker().begin(user, events.millis(event));
                }
                // Nobody's vector: the popular items, as the product would answer.
                ranks.set(
                        event,
                        stream.doubleRank(event, item -> user < 0 ? chosen[item] : score(user, items.find(item))));
            }
            learn(events, event);
            chosen[events.item(event)] += events.isPositive(event) ? 1 : 0;
        }
    }

    private double score(int user, int item) {
        return item < 0
                ? UNKNOWN
                : ranked ? core.ranker().score(item) : core.model().score(user, item);
    }

    private void learn(Timeline events, int event) {
        core.apply(
                "event-" + event,
                events.userIds().get(events.user(event)),
                events.itemIds().get(events.item(event)),
                events.isPositive(event) ? 1 : 0,
                events.weight(event),
                events.millis(event));
    }

    /**
     * Takes over the rows of a batch model. The first part has been learned online before, so that the optimizer's
     * state is that of rows which have come far, and there is something to rehearse.
     */
    private void goOn(FactorModel model) {
        copy(model.users(), core.model().users());
        copy(model.items(), core.model().items());
    }

    private static void copy(ParameterTable from, ParameterTable to) {
        for (int row = 0; row < from.size(); row++) {
            int place = to.findOrAdd(from.id(row));
            System.arraycopy(from.chunk(row), from.offset(row), to.chunk(place), to.offset(place), from.dimension());
        }
    }

    /** Rows by the timeline's numbers; one that is found is not looked up again. */
    private record Rows(ParameterTable table, List<String> ids, int[] known) {
        static Rows of(ParameterTable table, List<String> ids) {
            int[] known = new int[ids.size()];
            Arrays.fill(known, -1);
            return new Rows(table, ids, known);
        }

        int find(int number) {
            if (known[number] < 0) {
                known[number] = table.find(ids.get(number));
            }
            return known[number];
        }
    }
}
