package dev.milvuso.vector.embedded;

import dev.milvuso.vector.CollectionSchema;
import dev.milvuso.vector.IndexSpec;
import dev.milvuso.vector.Indexes;
import dev.milvuso.vector.Names;
import dev.milvuso.vector.check.CollectionCheck;
import java.util.Optional;

/** What collections there are, and what they are made of: schemas, indexes, aliases, partitions. */
final class EmbeddedDefinitions {
    private final EmbeddedSession session;
    private final Changes changes;

    EmbeddedDefinitions(EmbeddedSession session, Changes changes) {
        this.session = session;
        this.changes = changes;
    }

    void create(CollectionSchema schema) {
        synchronized (changes) {
            session.refuseIfClosed();
            Optional<EmbeddedCollection> there = session.catalogue().find(schema.name());
            if (there.isEmpty()) {
                changes.make(JournalBytes.create(schema));
                return;
            }
            there.get().schema().requireSame(schema);
            giveEachVectorAnIndex(there.get());
            if (there.get().loads().isNone()) {
                load(there.get(), LoadState.whole(there.get().partitions()));
            }
        }
    }

    private void giveEachVectorAnIndex(EmbeddedCollection it) {
        FieldIndexes whole = new FieldIndexes(it.schema());
        whole.all().forEach((field, spec) -> {
            if (it.indexes().of(field).isEmpty()) {
                changes.make(JournalBytes.index(it.schema().name(), field, Optional.of(spec)));
            }
        });
    }

    void rename(String collection, String name) {
        Names.checked("collection", name);
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            CollectionCheck.free(name, session.catalogue().find(name).isPresent());
            changes.make(JournalBytes.rename(it.schema().name(), name));
        }
    }

    void drop(String collection) {
        synchronized (changes) {
            session.refuseIfClosed();
            if (session.catalogue().names().contains(collection)) {
                CollectionCheck.noAliases(collection, session.catalogue().aliases(collection));
                changes.make(JournalBytes.drop(collection));
            }
        }
    }

    void truncate(String collection) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            CollectionCheck.loadedPartitions(
                    it.schema().name(), it.partitions(), it.loads().partitions());
            changes.make(JournalBytes.truncate(it.schema().name()));
        }
    }

    void load(String collection) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            load(it, LoadState.whole(it.partitions()));
        }
    }

    void release(String collection) {
        synchronized (changes) {
            load(session.collection(collection), LoadState.NONE);
        }
    }

    void loadPartition(String collection, String partition) {
        synchronized (changes) {
            EmbeddedCollection it = partitioned(collection, partition);
            load(it, it.loads().with(partition));
        }
    }

    void releasePartition(String collection, String partition) {
        synchronized (changes) {
            EmbeddedCollection it = partitioned(collection, partition);
            load(it, it.loads().without(partition));
        }
    }

    private EmbeddedCollection partitioned(String collection, String partition) {
        EmbeddedCollection it = partitioned(collection);
        CollectionCheck.knownPartition(it.schema().name(), partition, it.partitions());
        return it;
    }

    private void load(EmbeddedCollection it, LoadState state) {
        if (!state.isNone()) {
            it.checkLoadable();
        }
        if (!state.equals(it.loads())) {
            changes.make(JournalBytes.loads(it.schema().name(), state));
        }
    }

    Indexes indexes(String collection) {
        return new EmbeddedIndexes(() -> session.collection(collection), this::setIndex);
    }

    private void setIndex(EmbeddedCollection it, String field, Optional<IndexSpec> spec) {
        synchronized (changes) {
            changes.make(JournalBytes.index(it.schema().name(), field, spec));
            it.makeStructuresIfWorthIt();
        }
    }

    void createAlias(String alias, String collection) {
        Names.checked("alias", alias);
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            CollectionCheck.freeAlias(alias, session.catalogue().find(alias).isPresent());
            changes.make(JournalBytes.alias(alias, it.schema().name()));
        }
    }

    void alterAlias(String alias, String collection) {
        synchronized (changes) {
            EmbeddedCollection it = session.collection(collection);
            CollectionCheck.knownAlias(alias, session.catalogue().isAlias(alias));
            changes.make(JournalBytes.alias(alias, it.schema().name()));
        }
    }

    void dropAlias(String alias) {
        synchronized (changes) {
            session.refuseIfClosed();
            if (session.catalogue().isAlias(alias)) {
                changes.make(JournalBytes.dropAlias(alias));
            }
        }
    }

    void createPartition(String collection, String partition) {
        Names.checked("partition", partition);
        synchronized (changes) {
            EmbeddedCollection it = partitioned(collection);
            if (!it.partitions().contains(partition)) {
                changes.make(JournalBytes.createPartition(it.schema().name(), partition));
            }
        }
    }

    private EmbeddedCollection partitioned(String collection) {
        EmbeddedCollection it = session.collection(collection);
        CollectionCheck.namedPartitions(collection, it.schema());
        return it;
    }

    void dropPartition(String collection, String partition) {
        synchronized (changes) {
            EmbeddedCollection it = partitioned(collection);
            CollectionCheck.droppablePartition(partition);
            if (it.partitions().contains(partition)) {
                changes.make(JournalBytes.dropPartition(it.schema().name(), partition));
            }
        }
    }
}
