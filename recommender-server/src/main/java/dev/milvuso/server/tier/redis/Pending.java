package dev.milvuso.server.tier.redis;

import dev.milvuso.embedding.Removal;
import dev.milvuso.server.tier.UserVector;
import java.util.Optional;

/**
 * What is to be written for a user.
 *
 * @param removed what goes before {@code vector} is written
 * @param mayCreate whether the vector is written if Redis has none of the user
 * @param dropsLists whether the lists that are there go before {@code list} is written
 */
record Pending(
        Optional<Removal> removed,
        Optional<UserVector> vector,
        boolean mayCreate,
        boolean dropsLists,
        Optional<ListEntry> list) {
    static Pending vector(UserVector vector, boolean mayCreate) {
        return new Pending(Optional.empty(), Optional.of(vector), mayCreate, false, Optional.empty());
    }

    static Pending removal(Removal removal) {
        return new Pending(Optional.of(removal), Optional.empty(), false, false, Optional.empty());
    }

    static Pending list(ListEntry list) {
        return new Pending(Optional.empty(), Optional.empty(), false, false, Optional.of(list));
    }

    static Pending dropLists() {
        return new Pending(Optional.empty(), Optional.empty(), false, true, Optional.empty());
    }

    /** This and after it the next. */
    Pending then(Pending next) {
        boolean keepsVector = next.vector.isEmpty()
                || vector.filter(mine -> mine.isNewerThan(next.vector.get())).isPresent();
        Optional<UserVector> written = keepsVector ? vector : next.vector;
        return new Pending(
                next.removed.or(() -> removed),
                written.filter(mine -> next.removed
                        .filter(removal -> removal.version().equals(mine.version()) && !mine.isNewerThan(removal))
                        .isEmpty()),
                mayCreate || next.mayCreate,
                dropsLists || next.dropsLists,
                next.dropsLists ? next.list : next.list.or(() -> list));
    }

    boolean mayReplace(Optional<UserVector> there, UserVector next) {
        return there.isEmpty() ? mayCreate : !there.get().isNewerThan(next);
    }
}
