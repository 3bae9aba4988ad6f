package dev.milvuso.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs programs that refuse to be root, also as root. */
enum Unprivileged {
    /** This process is not root. */
    AS_IT_IS,
    /** A user namespace of its own: not root to itself, and files stay reachable as they are. */
    NAMESPACE,
    /** The account {@value #NOBODY}, which must own what it writes. */
    NOBODY_ACCOUNT;

    private static final int NOBODY = 65534;

    static Unprivileged current() throws IOException {
        if (!Platform.current().isLinux()
                || !Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))) {
            return AS_IT_IS;
        }
        return namespacesWork() ? NAMESPACE : NOBODY_ACCOUNT;
    }

    private static boolean namespacesWork() {
        try {
            return new ProcessBuilder("unshare", "-U", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // unshare is not installed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>();
        if (this == NAMESPACE) {
            command.addAll(List.of("unshare", "-U"));
        } else if (this == NOBODY_ACCOUNT) {
            command.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        command.addAll(program);
        return command;
    }

    /** Lets the program write there. */
    void own(Path path) throws IOException {
        if (this == NOBODY_ACCOUNT) {
            Files.setAttribute(path, "unix:uid", NOBODY);
            Files.setAttribute(path, "unix:gid", NOBODY);
        }
    }
}
