package dev.milvuso.server.quality;

import dev.milvuso.action.Action;
import dev.milvuso.action.IdHash;
import dev.milvuso.action.ServedList;
import dev.milvuso.action.UserEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the log and knows, for lists served within each window, what followed them so far. Any instance that reads
 * the same log knows the same. Safe for use by many threads.
 *
 * <p>Sums are kept by the time a list was served, and grow as actions come in; a list that has just been served counts
 * with nothing yet. What comes for a list later than {@code window} after it changes nothing.
 */
public final class QualityTracker {
    /** Actions may come this much after their time, as clocks and queues have it. */
    private static final Duration LATENESS = Duration.ofMinutes(1);

    /** Their mean says what that of all would, and each takes what is known of ten items from all over the memory. */
    private static final int MEASURED_PER_SECOND = 1000;

    private final Settings settings;
    private final Meaning meaning;
    private final ItemFacts facts;
    private final Examination examination;
    private final Following following;
    private final Clock clock;
    private final OpenLists lists;
    private final Attribution attribution;
    private final Map<TimeWindow, RollingWindow> windows = new EnumMap<>(TimeWindow.class);
    private final RollingWindow shortest;
    private @Nullable Contents last;
    private @Nullable Contents lastOfAnother;
    private boolean live;
    private long horizon = Long.MIN_VALUE;
    private long firstAt = Long.MAX_VALUE;
    private long second;
    private int measured;

    /**
     * @param window how long an action may come after a list to have followed it
     * @param k length of the part of a list that is measured
     * @param openLists held in memory at once; beyond them the oldest takes no more actions
     * @param mostWeight bounds the weight of a click at a position that is hardly looked at
     */
    public record Settings(Duration window, int k, int openLists, double mostWeight) {}

    /** The first items of a list, and whose it was. */
    private record Contents(long user, long[] items) {
        static Contents of(OpenList list, int k) {
            long[] items = new long[Math.min(k, list.length())];
            for (int i = 0; i < items.length; i++) {
                items[i] = list.item(i);
            }
            return new Contents(list.userHash(), items);
        }

        int common(Contents other) {
            int common = 0;
            for (long item : items) {
                for (long each : other.items) {
                    common += each == item ? 1 : 0;
                }
            }
            return common;
        }
    }

    /** @param following told of all lists, those of other instances included */
    public QualityTracker(
            Settings settings,
            Meaning meaning,
            ItemFacts facts,
            Examination examination,
            Following following,
            Clock clock) {
        this.settings = settings;
        this.meaning = meaning;
        this.facts = facts;
        this.examination = examination;
        this.following = following;
        this.clock = clock;
        this.lists = new OpenLists(settings.openLists());
        this.attribution = new Attribution(settings.window(), lists);
        RollingWindow longer = null;
        for (TimeWindow each : TimeWindow.longestFirst()) {
            longer = new RollingWindow(each.length(), longer);
            windows.put(each, longer);
        }
        this.shortest = Objects.requireNonNull(longer);
    }

    /** A record of the log. The same record again changes nothing. */
    public synchronized void happened(UserEvent event) {
        if (event instanceof ServedList list) {
            served(list);
        } else if (event instanceof Action action) {
            acted(action);
        }
    }

    /** The log has been read up to the present: from now on old lists are let go. To be called again and again. */
    public synchronized void live() {
        live = true;
        horizon = Math.max(
                horizon, clock.millis() - settings.window().plus(LATENESS).toMillis());
        OpenList oldest = lists.oldest();
        while (oldest != null && oldest.servedAt() < horizon) {
            lists.dropOldest();
            oldest = lists.oldest();
        }
    }

    private void served(ServedList list) {
        long servedAt = Math.min(list.timestamp().toEpochMilli(), clock.millis());
        long request = IdHash.of(list.requestId().value());
        if (servedAt < horizon || lists.holds(request)) {
            return;
        }
        OpenList open = lists.add(list, request, servedAt, shortest.at(servedAt));
        firstAt = Math.min(firstAt, servedAt);
        count(open, list);
        following.served(open);
        makeRoom();
        attribution.waitingFor(open).forEach(this::did);
    }

    private void makeRoom() {
        for (OpenList oldest = lists.oldest(); oldest != null && lists.isOverfull(); oldest = lists.oldest()) {
            if (live) {
                horizon = Math.max(horizon, oldest.servedAt());
            }
            lists.dropOldest();
        }
    }

    private void count(OpenList open, ServedList list) {
        boolean isMeasured = isMeasured();
        double distance = isMeasured ? facts.distance(list.items(), settings.k()) : Double.NaN;
        double[] surprise = new double[isMeasured ? open.length() : 0];
        for (int i = 0; i < surprise.length; i++) {
            surprise[i] = facts.surprise(list.items().id(i));
        }
        Contents now = Contents.of(open, settings.k());
        Contents other = another(now);
        double overlap = other == null ? Double.NaN : (double) now.common(other) / settings.k();
        open.bucket().each(bucket -> {
            bucket.forList(open, tally -> {
                tally.lists++;
                tally.comparable += Double.isNaN(distance) ? 0 : 1;
                tally.distance += Double.isNaN(distance) ? 0 : distance;
                tally.overlaps += Double.isNaN(overlap) ? 0 : 1;
                tally.overlap += Double.isNaN(overlap) ? 0 : overlap;
                for (int i = 0; i < open.length(); i++) {
                    shown(tally, open.item(i));
                }
                for (double each : surprise) {
                    surprised(tally, each);
                }
            });
            for (int i = 0; i < open.length(); i++) {
                int position = i;
                bucket.forItem(open, i, tally -> shown(tally, open.item(position)));
            }
            for (int i = 0; i < surprise.length; i++) {
                int position = i;
                bucket.forItem(open, i, tally -> surprised(tally, surprise[position]));
            }
        });
    }

    /** Whether the list is among the first of a second. */
    private boolean isMeasured() {
        long now = clock.millis() / 1000;
        measured = now == second ? measured + 1 : 1;
        second = now;
        return measured <= MEASURED_PER_SECOND;
    }

    private static void shown(Tally tally, long item) {
        tally.shown++;
        tally.item(item);
    }

    private static void surprised(Tally tally, double surprise) {
        tally.surprising++;
        tally.surprise += surprise;
    }

    /** The list that was served last to another user; null if there was none. */
    private @Nullable Contents another(Contents now) {
        Contents previous = last;
        if (previous != null && previous.user() != now.user()) {
            lastOfAnother = previous;
        }
        last = now;
        return lastOfAnother;
    }

    private void acted(Action action) {
        int bits = meaning.of(action);
        if (bits != 0) {
            did(Attribution.Deed.of(action, bits));
        }
    }

    private void did(Attribution.Deed deed) {
        Attribution.Place place = attribution.of(deed);
        if (place == null) {
            return;
        }
        OpenList list = place.list();
        if (place.position() >= 0) {
            followed(list, place.position(), deed.bits());
        } else if ((deed.bits() & Meaning.FAVOUR) != 0) {
            ListMeasures[] before = ListMeasures.parts(list, settings.k());
            list.miss(deed.item());
            measure(list, before);
        }
    }

    private void followed(OpenList list, int position, int bits) {
        boolean clickedBefore = isClicked(list);
        boolean mayChange = (bits & Meaning.FAVOUR) != 0;
        ListMeasures[] before = mayChange ? ListMeasures.parts(list, settings.k()) : new ListMeasures[0];
        int added = list.follow(position, bits);
        if (added == 0) {
            return;
        }
        boolean firstClick = !clickedBefore && isClicked(list);
        double weight = Math.min(settings.mostWeight(), 1 / examination.at(position));
        list.bucket().each(bucket -> {
            bucket.forList(list, tally -> {
                tally.followed(added, weight);
                tally.clickedLists += firstClick ? 1 : 0;
            });
            bucket.forItem(list, position, tally -> tally.followed(added, weight));
        });
        if ((added & Meaning.FAVOUR) != 0) {
            measure(list, before);
        }
        following.followed(list, position, added);
    }

    private static boolean isClicked(OpenList list) {
        for (int i = 0; i < list.length(); i++) {
            if ((list.followed(i) & Meaning.CLICK) != 0) {
                return true;
            }
        }
        return false;
    }

    /** @param partsBefore of the list, before it was followed by something more */
    private void measure(OpenList list, ListMeasures[] partsBefore) {
        ListMeasures before = list.measures();
        ListMeasures now = ListMeasures.of(list, settings.k(), examination, settings.mostWeight());
        list.measured(now);
        ListMeasures[] parts = ListMeasures.parts(list, settings.k());
        list.bucket().each(bucket -> {
            bucket.forList(list, tally -> tally.changed(before, now));
            for (int i = 0; i < parts.length; i++) {
                ListMeasures was = partsBefore[i];
                ListMeasures is = parts[i];
                if (!was.equals(is)) {
                    bucket.forItem(list, i, tally -> tally.changed(was, is));
                }
            }
        });
    }

    /**
     * What is known of the lists served within the window that ends now.
     *
     * @param by how they are told apart as well
     */
    public QualityReport report(TimeWindow window, Optional<Slice> by) {
        return reports(window, List.of(by)).get(0);
    }

    /** As {@link #report}, once for each way to tell them apart. */
    List<QualityReport> reports(TimeWindow window, List<Optional<Slice>> by) {
        long now = clock.millis();
        Bucket sum;
        long since;
        synchronized (this) {
            sum = Objects.requireNonNull(windows.get(window)).sum(now);
            since = Math.max(Math.min(firstAt, now), now - window.length().toMillis());
        }
        return by.stream()
                .map(slice -> QualityReport.of(sum, window, slice, since, settings.k(), facts.catalogue()))
                .toList();
    }

    /** Lists that take actions. */
    public synchronized int openLists() {
        return lists.size();
    }
}
