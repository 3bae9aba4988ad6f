package dev.milvuso.standalone.command;

import picocli.CommandLine.Command;

/** The registry of models: what was trained, and which version is served. */
@Command(
        name = "models",
        description = {
            "Lists the models that were trained, and says which one is served. Needs PostgreSQL;",
            "publish, rollback and pin are done by the trainer that runs."
        },
        subcommands = {
            ModelsListCommand.class,
            ModelsShowCommand.class,
            ServeCommands.Publish.class,
            ServeCommands.Rollback.class,
            ServeCommands.Pin.class
        })
public final class ModelsCommand {}
