// Loops play while they are in view, unless the reader wants less motion.
addEventListener("DOMContentLoaded", () => {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const watcher = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting) target.play().catch(() => {});
      else target.pause();
    }
  }, { threshold: 0.6 });
  for (const video of document.querySelectorAll("video.loop")) watcher.observe(video);
});
