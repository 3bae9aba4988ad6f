package dev.milvuso.server.recommend;

import dev.milvuso.action.ItemId;
import dev.milvuso.action.UserId;
import dev.milvuso.server.catalogue.Codes;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What is popular, for the very one who asks: half of the places are for the category of the item that they look at,
 * half of what is left then for the categories of what they liked last; all else is what is popular at all. Needs
 * nothing that was learned.
 *
 * @param liked slots of what a user liked last
 * @param slots of items; below 0 if it is not known
 */
public record PopularNearby(Popular popular, Function<UserId, int[]> liked, ToIntFunction<ItemId> slots)
        implements CandidateSource {
    /** Categories that share the places, those of the latest likes. */
    private static final int MOST = 8;

    @Override
    public String name() {
        return popular.name();
    }

    @Override
    public String explanation() {
        return "decayed popularity among all users, at first in the category that is looked at or was liked of late";
    }

    @Override
    public boolean isPersonal() {
        return popular.isPersonal();
    }

    @Override
    public void collect(Visit visit, Candidates into, int self, int room) {
        int before = into.size();
        int places = Math.min(room, visit.query().count());
        int[] looked = categories(visit, visit.query().contextItem().stream().mapToInt(slots));
        share(visit, into, self, half(places), looked);
        int[] ofLate =
                categories(visit, Arrays.stream(liked.apply(visit.visitor().user())));
        share(visit, into, self, half(places - (into.size() - before)), ofLate);
        float highest = popular.highest();
        for (int row = before; row < into.size(); row++) {
            into.score(row, into.score(row) + highest); // ahead of what is more popular, whoever ranks
        }
        popular.collect(visit, into, self, room - (into.size() - before));
    }

    private static int half(int places) {
        return (places + 1) / 2;
    }

    private static int[] categories(Visit visit, IntStream items) {
        return items.filter(slot -> slot >= 0 && visit.items().item(slot) != null)
                .map(visit.items()::category)
                .filter(category -> category != Codes.NONE)
                .distinct()
                .limit(MOST)
                .toArray();
    }

    /** To each category as many places as to the others; what one leaves over is for those after it. */
    private void share(Visit visit, Candidates into, int self, int room, int[] categories) {
        int end = into.size() + room;
        for (int i = 0; i < categories.length; i++) {
            int category = categories[i];
            int left = categories.length - i;
            popular.collect(
                    visit,
                    into,
                    self,
                    (end - into.size() + left - 1) / left,
                    slot -> visit.items().isVisible(slot) && visit.items().category(slot) == category);
        }
    }
}
