/** What is kept of a user: the profile, the history, and how both are erased. */
@NullMarked
package dev.milvuso.server.users;

import org.jspecify.annotations.NullMarked;
