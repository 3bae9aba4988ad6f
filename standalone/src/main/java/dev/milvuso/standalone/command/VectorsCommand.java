package dev.milvuso.standalone.command;

import picocli.CommandLine.Command;

/** A vector store by hand. */
@Command(
        name = "vectors",
        description = {
            "Collections of a vector store: of a running Milvuso (--url, which is the default), of a Milvus (--uri),",
            "or of a data directory that nobody uses (--data-dir)."
        },
        subcommands = {
            CollectionCommands.ListAll.class,
            CollectionCommands.Describe.class,
            CollectionCommands.Create.class,
            CollectionCommands.Drop.class,
            CollectionCommands.Rename.class,
            CollectionCommands.Truncate.class,
            CollectionCommands.Load.class,
            CollectionCommands.Release.class,
            CollectionCommands.Stats.class,
            EntityCommands.Insert.class,
            EntityCommands.Upsert.class,
            EntityCommands.Get.class,
            EntityCommands.Query.class,
            EntityCommands.Delete.class,
            EntityCommands.Count.class,
            VectorsSearchCommand.class,
            VectorsHybridCommand.class,
            SlowSearchesCommand.class,
            VectorsBm25Command.class,
            TransferCommands.Export.class,
            TransferCommands.Import.class,
            TransferCommands.Compare.class,
            CopyCommand.class,
            MigrateCommands.class,
            IndexCommand.class,
            AdviseCommand.class,
            NameCommands.Alias.class,
            NameCommands.Partitions.class,
            NameCommands.Databases.class,
            NameCommands.TenantNames.class,
            NameCommands.Features.class
        })
public final class VectorsCommand {}
